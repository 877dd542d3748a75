package io.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Intent;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The rows of a quarantine table: what came, why it was refused, and whether it was released. */
public final class QuarantineRows {
  /** The names of all rules the row broke; array of strings. */
  public static final String RULES = "rules";

  /** The same with column and message; array of structs. */
  public static final String REASONS = "reasons";

  /**
   * JSON of the whole bronze row; of an event that had been accepted in an earlier batch, of the
   * contract's columns; string.
   */
  public static final String RAW = "raw";

  /** The batch's time; timestamp. */
  public static final String QUARANTINED_AT = "quarantined_at";

  /** The batch that took the row in later; bigint, null until then. */
  public static final String RELEASED_BATCH = "released_batch";

  private QuarantineRows() {}

  /**
   * Staged rows as rows of quarantine.
   *
   * @param violations the column with the rules each row broke
   * @param record the column with the JSON of the bronze row
   */
  public static Dataset<Row> of(
      Dataset<Row> staged, String violations, String record, Intent intent) {
    return staged.select(
        col(violations).getField("rule").as(RULES),
        col(violations).as(REASONS),
        col(RowColumns.SOURCE),
        col(record).as(RAW),
        col(RowColumns.INGESTED_AT),
        col(RowColumns.RUN_ID),
        lit(intent.batch()).as(RowColumns.BATCH),
        lit(java.sql.Timestamp.from(intent.clock())).as(QUARANTINED_AT),
        lit(null).cast(DataTypes.LongType).as(RELEASED_BATCH));
  }
}
