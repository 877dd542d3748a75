package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.batch.PastBatches;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.contract.ContractSchema;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.BatchJudge;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableOverwrite;
import io.assay.table.TableProperties;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One version of a mart: computed from pinned versions of its inputs, staged, judged, published.
 */
final class MartBatch implements BatchAttempt {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final MartDefinition definition;
  private final StagingFolder staging;
  private long rows;

  MartBatch(SparkSession spark, Warehouse warehouse, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.definition = MartDefinition.read(intent.configuration());
    this.staging = StagingFolder.of(spark, warehouse, intent);
  }

  @Override
  public Verdict stage() {
    Dataset<Row> result = result();
    ContractFit fit = new ContractFit(intent.table(), definition.contract(), result.schema());
    StagedMart staged = StagedMart.write(result, fit, staging.path());
    rows = staged.rows();
    return rejected()
        ? Verdict.PASS
        : new MartRules(definition.contract(), judge()).judge(staged, intent.decision());
  }

  private BatchJudge judge() {
    LookUps lookUps = new LookUps(new TableCatalog(spark, warehouse), intent);
    BatchLedger ledger =
        new BatchLedger(warehouse, intent.table(), spark.sessionState().newHadoopConf());
    PastBatches past = new PastBatches(ledger, intent.batch());
    return new BatchJudge(intent.clock(), lookUps::rows, past::newestFirst);
  }

  private Dataset<Row> result() {
    TableCatalog catalog = new TableCatalog(spark, warehouse);
    Map<TableName, TableRange> pinned =
        intent.input().ranges().stream()
            .collect(Collectors.toMap(TableRange::table, Function.identity()));
    try {
      return SqlQuery.parse(definition.sql())
          .expand(definition.functions())
          .bind(spark, table -> read(catalog, pinned.get(table)));
    } catch (SqlSyntaxException e) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "mart.sql of %s, line %d, column %d: %s"
              .formatted(intent.table(), e.line(), e.column(), e.getMessage()),
          e);
    }
  }

  private Dataset<Row> read(TableCatalog catalog, TableRange pinned) {
    TableState now = catalog.state(pinned.table());
    if (!now.id().equals(pinned.tableId())) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s was created anew after batch %d of %s had been planned: run again without --accept or --reject"
              .formatted(pinned.table(), intent.batch(), intent.table()));
    }
    return catalog.read(pinned.table(), pinned.upTo());
  }

  @Override
  public List<BatchStep> steps() {
    return rejected()
        ? List.of()
        : List.of(new BatchStep(MartWork.STEP, intent.table(), this::publish));
  }

  private void publish(CommitTag tag) {
    ContractSchema schema = new ContractSchema(definition.contract());
    Dataset<Row> published =
        schema.described(
            clustered(spark.read().parquet(staging.path().toString()))
                .withColumn(RowColumns.BATCH, lit(intent.batch())));
    new TableOverwrite(spark, warehouse, intent.table())
        .commit(
            published,
            definition.contract().description(),
            TableProperties.of(published.schema(), schema.personal()),
            tag);
  }

  /**
   * Delta's own clustering orders files only when OPTIMIZE runs; a table that is written whole each
   * time is better ordered as it is written.
   */
  private Dataset<Row> clustered(Dataset<Row> staged) {
    if (definition.clusterBy().isEmpty()) {
      return staged;
    }
    Column[] columns =
        definition.clusterBy().stream().map(name -> col("`" + name + "`")).toArray(Column[]::new);
    return staged.repartitionByRange(columns).sortWithinPartitions(columns);
  }

  private boolean rejected() {
    return intent.decision().rejection().isPresent();
  }

  @Override
  public Account account() {
    return rejected()
        ? new Account(rows, 0, 0, 0, 0, 0, 0, 0, rows)
        : new Account(rows, 0, 0, rows, 0, 0, 0, 0, 0);
  }

  @Override
  public List<String> notes() {
    return intent
        .decision()
        .rejection()
        .map(reason -> List.of("not published, the version before stays: " + reason))
        .orElse(List.of());
  }

  @Override
  public void close() {
    staging.close();
  }
}
