package io.assay.silver.conform;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of the contract, with {@link ConformColumns}.
 *
 * @param rows one for each event; of the events of one bronze row, all but the first are marked
 *     additional
 * @param missing the fields that the configuration or the contract names and the source does not
 *     have; their columns are null
 * @param setsAside whether rows may have fields that nothing asks for
 * @param documents whether the fields are those of documents, so that the rows alone tell them
 */
public record Conformed(
    Dataset<Row> rows, List<String> missing, boolean setsAside, boolean documents) {
  public Conformed {
    missing = List.copyOf(missing);
  }

  /** The same for some of the rows. */
  public Conformed with(Dataset<Row> some) {
    return new Conformed(some, missing, setsAside, documents);
  }
}
