package io.assay.silver;

import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchStep;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.Violations;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.Conformed;
import io.assay.silver.quarantine.QuarantineRewrite;
import io.assay.silver.quarantine.QuarantineRows;
import io.assay.silver.quarantine.ReplayedRows;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that lie in quarantine, read from bronze again.
 *
 * @param tried the rows, as quarantine had them before the batch
 */
record QuarantinedInput(
    SparkSession spark,
    Warehouse warehouse,
    Quarantined input,
    ReplayedRows tried,
    TableName quarantine)
    implements CleanInput {
  /** What the form needs of a refused event. */
  private static final StructType NOTHING_REFUSED =
      new StructType()
          .add(StagedBatch.VIOLATIONS, DataTypes.createArrayType(Violations.VIOLATION))
          .add(StagedBatch.RAW, DataTypes.StringType)
          .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
          .add(RowColumns.INGESTED_AT, DataTypes.TimestampType)
          .add(RowColumns.RUN_ID, DataTypes.StringType)
          .add(EventColumns.ORDINAL, DataTypes.IntegerType);

  @Override
  public Dataset<Row> landed() {
    return new TableLog(spark, warehouse, input.position().table()).read(input.landed());
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public CleanConfiguration configured(CleanConfiguration planned) {
    return planned.ofLeftovers();
  }

  @Override
  public Conformed conformed(Conform conform, Dataset<Row> landed) {
    Conformed all = conform.apply(landed, tried::among);
    return all.with(tried.events(all.rows(), RowJudge.UNREADABLE));
  }

  @Override
  public boolean judgedBefore() {
    return true;
  }

  @Override
  public void requireAll(long read) {
    if (read != input.rows()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%d rows of %s were to be replayed, but %d of them were found in versions %d to %d of %s; nothing was written, check the tables"
              .formatted(
                  input.rows(),
                  quarantine,
                  read,
                  input.after() + 1,
                  input.upTo(),
                  input.position().table()));
    }
  }

  @Override
  public Optional<BatchStep.Write> quarantine(Optional<Dataset<Row>> refused, QuarantineRows form) {
    Dataset<Row> again = refused.orElseGet(() -> spark.createDataFrame(List.of(), NOTHING_REFUSED));
    QuarantineRewrite rewrite = new QuarantineRewrite(spark, warehouse, quarantine);
    return Optional.of(tag -> rewrite.commit(input, tried, again, form, tag));
  }
}
