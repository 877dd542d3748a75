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
 */
public record Conformed(Dataset<Row> rows, List<String> missing) {
  public Conformed {
    missing = List.copyOf(missing);
  }
}
