package io.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Intent;
import io.assay.table.EventColumns;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The rows of a quarantine table: what came, why it was refused, and whether it was released. */
public final class QuarantineRows {
  private final String violations;
  private final String record;
  private final Intent intent;

  /**
   * How a batch's refused events look.
   *
   * @param violations the column with the rules each event broke
   * @param record the column with the JSON of the bronze row
   */
  public QuarantineRows(String violations, String record, Intent intent) {
    this.violations = violations;
    this.record = record;
    this.intent = intent;
  }

  /**
   * Refused events as rows of quarantine.
   *
   * @param bronzeVersion as {@link QuarantineColumns#BRONZE_VERSION}
   */
  public Dataset<Row> of(Dataset<Row> refused, Column bronzeVersion) {
    return refused.select(
        rules(),
        reasons(),
        col(RowColumns.SOURCE),
        col(record).as(QuarantineColumns.RAW),
        col(RowColumns.INGESTED_AT),
        col(RowColumns.RUN_ID),
        col(EventColumns.ORDINAL),
        lit(intent.batch()).as(RowColumns.BATCH),
        lit(java.sql.Timestamp.from(intent.clock())).as(QuarantineColumns.QUARANTINED_AT),
        bronzeVersion.cast(DataTypes.LongType).as(QuarantineColumns.BRONZE_VERSION),
        array().cast(DataTypes.createArrayType(DataTypes.LongType)).as(QuarantineColumns.REPLAYS),
        lit(null).cast(DataTypes.LongType).as(QuarantineColumns.RELEASED_BATCH));
  }

  /** The names of the rules that the events broke. */
  Column rules() {
    return col(violations).getField("rule").as(QuarantineColumns.RULES);
  }

  /** The rules that the events broke, with column and message. */
  Column reasons() {
    return col(violations).as(QuarantineColumns.REASONS);
  }
}
