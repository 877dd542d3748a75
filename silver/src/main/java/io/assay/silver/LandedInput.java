package io.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.BatchStep;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.Conformed;
import io.assay.silver.quarantine.QuarantineRows;
import io.assay.table.EventColumns;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a range of a bronze table's versions added.
 *
 * @param quarantine the table that refused rows are appended to
 */
record LandedInput(SparkSession spark, Warehouse warehouse, TableRange range, TableName quarantine)
    implements CleanInput {
  /** What every bronze table has, for one that does not exist yet. */
  private static final StructType NOTHING_LANDED =
      new StructType()
          .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
          .add(RowColumns.INGESTED_AT, DataTypes.TimestampType)
          .add(RowColumns.RUN_ID, DataTypes.StringType)
          .add(RowColumns.VALUE, DataTypes.StringType);

  @Override
  public Dataset<Row> landed() {
    return exists()
        ? new TableLog(spark, warehouse, range.table()).read(range)
        : spark.createDataFrame(List.of(), NOTHING_LANDED);
  }

  @Override
  public boolean exists() {
    return !range.isBeforeCreation();
  }

  @Override
  public CleanConfiguration configured(CleanConfiguration planned) {
    return planned;
  }

  @Override
  public Conformed conformed(Conform conform, Dataset<Row> landed) {
    return conform.apply(landed);
  }

  @Override
  public boolean judgedBefore() {
    return false;
  }

  @Override
  public void requireAll(long read) {
    if (read != range.rows()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "versions %d to %d of %s hold %d rows by their files' statistics, but %d were read; nothing was written, check the table's files"
              .formatted(range.after() + 1, range.upTo(), range.table(), range.rows(), read));
    }
  }

  @Override
  public Optional<BatchStep.Write> quarantine(Optional<Dataset<Row>> refused, QuarantineRows form) {
    // The record is there as it came, so it may hold anything that is personal.
    SilverAppend append =
        new SilverAppend(warehouse, quarantine, Optional.empty(), Set.of(QuarantineColumns.RAW));
    // An event that had been accepted before came with another range.
    Column version = when(col(EventColumns.ORDINAL).isNotNull(), lit(range.upTo()));
    return refused.map(rows -> tag -> append.commit(form.of(rows, version), tag));
  }
}
