package io.assay.silver;

import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.SchemaNote;
import io.assay.batch.SeenColumns;
import io.assay.batch.Verdict;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableOverwrite;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The batch that puts a rebuilt table in the place of the one that people read: each table in one
 * commit. If it is done again after a crash and the rebuilt tables are gone, they are made again
 * from the intent.
 */
final class RebuildBatch implements BatchAttempt {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final BatchInput.Replayed input;
  private final CleanConfiguration configuration;
  private final ShadowTable shadow;

  RebuildBatch(SparkSession spark, Warehouse warehouse, Intent intent, BatchInput.Replayed input) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.input = input;
    this.configuration = CleanConfiguration.fromJson(intent.configuration());
    this.shadow = new ShadowTable(spark, warehouse, configuration);
  }

  @Override
  public Verdict stage() {
    if (!shadow.complete()) {
      shadow.build(input.pieces(), Decision.NONE, quarantine());
    }
    return Verdict.PASS;
  }

  /** As it was before the batch, which may have swapped it already. */
  private Optional<Dataset<Row>> quarantine() {
    TableName table = TableName.quarantine(configuration.dataset());
    TableState before = intent.pinned(table);
    return before.exists()
        ? Optional.of(new TableLog(spark, warehouse, table).read(before.version()))
        : Optional.empty();
  }

  @Override
  public List<BatchStep> steps() {
    List<BatchStep> steps = new ArrayList<>();
    for (BatchStep.Target target : CleanWork.targets(configuration)) {
      boolean rebuilt = shadow.log(target.table()).state().exists();
      if (rebuilt || intent.pinned(target.table()).exists()) {
        steps.add(
            new BatchStep(
                target.name(), target.table(), tag -> swap(target.table(), rebuilt, tag)));
      }
    }
    return steps;
  }

  private void swap(TableName table, boolean rebuilt, CommitTag tag) {
    // A table that no row was written to again keeps its columns and loses its rows.
    TableLog from = rebuilt ? shadow.log(table) : new TableLog(spark, warehouse, table);
    Dataset<Row> rows = from.read(from.state().version());
    new TableOverwrite(spark, warehouse, table)
        .commit(
            (rebuilt ? rows : rows.limit(0)).withColumn(RowColumns.BATCH, lit(intent.batch())),
            from.description(),
            tag);
  }

  @Override
  public Account account() {
    return RecordedInput.account(input.pieces());
  }

  /** What its contract says anew, the next batch tells. */
  @Override
  public Optional<SchemaNote> schema() {
    BatchLedger ledger = BatchLedger.of(spark, warehouse, intent.table());
    return SeenColumns.before(ledger).map(seen -> new SchemaNote(seen, List.of()));
  }

  @Override
  public List<String> notes() {
    return List.of("rebuilt from what %d batches had read".formatted(input.pieces().size()));
  }

  @Override
  public void close() {
    shadow.clear();
  }
}
