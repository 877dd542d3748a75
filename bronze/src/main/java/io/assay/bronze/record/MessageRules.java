package io.assay.bronze.record;

import io.assay.config.Source;
import java.io.Serializable;

/**
 * How the values of messages are read: what of a source's configuration shapes rows. It travels to
 * the executors and into the intent of every batch.
 *
 * @param schema the Avro schema of values without one of their own; else empty
 * @param recordBytes the most bytes of a value
 * @param depth the deepest nesting of a document
 */
public record MessageRules(Source.MessageFormat format, String schema, long recordBytes, int depth)
    implements Serializable {

  public static MessageRules of(Source.Kafka source) {
    return new MessageRules(
        source.format(),
        source.schema().orElse(""),
        source.limits().recordBytes(),
        source.limits().depth());
  }

  /** For the pages of an API, which are documents of JSON. */
  public static MessageRules of(Source.Http source) {
    return new MessageRules(
        Source.MessageFormat.JSON, "", source.limits().recordBytes(), source.limits().depth());
  }
}
