package io.assay.bronze.record;

import java.io.Serializable;
import java.util.Optional;
import org.apache.avro.Schema;

/** Where the schemas of messages are kept, by the numbers that messages name. */
public interface AvroSchemas extends Serializable {

  /**
   * The schema of a number.
   *
   * @return empty if there is none in Avro
   * @throws io.assay.error.AssayException with exit code 5 if nobody answers, with 1 if we may not
   *     ask
   */
  Optional<Schema> schema(int number);
}
