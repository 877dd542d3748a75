package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.quality.Finding;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.Conformed;
import io.assay.silver.conform.Evolution;
import io.assay.silver.quarantine.QuarantineRows;
import io.assay.table.Layer;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One batch from bronze to silver: conform → judge rows → stage → judge the batch → settle; then
 * quarantine and silver, one commit each. Everything it does follows from its intent.
 */
final class CleanBatch implements BatchAttempt {
  /** The commit of the rows that broke a rule. */
  static final String QUARANTINE = "QUARANTINE";

  /** What every bronze table has, for one that does not exist yet. */
  private static final StructType NOTHING_LANDED =
      new StructType()
          .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
          .add(RowColumns.INGESTED_AT, DataTypes.TimestampType)
          .add(RowColumns.RUN_ID, DataTypes.StringType)
          .add(RowColumns.VALUE, DataTypes.StringType);

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final CleanConfiguration planned;
  private final StagingFolder staging;
  private final List<String> notes = new ArrayList<>();
  private Optional<Publication> publication = Optional.empty();
  private StagedBatch staged;
  private CleanConfiguration configuration;
  private AcceptedEvents accepted;
  private Optional<Account> settled = Optional.empty();
  private Account account = Account.EMPTY;

  CleanBatch(SparkSession spark, Warehouse warehouse, Intent intent) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.staging = new StagingFolder(spark, warehouse.staging(intent.table(), intent.batch()));
    this.planned = CleanConfiguration.fromJson(intent.configuration());
  }

  @Override
  public Verdict stage() {
    TableRange range = range(intent.input());
    Dataset<Row> landed = landed(range);
    configuration = Evolution.of(planned, landed.schema());
    Conformed conformed = new Conform(configuration).apply(landed);
    RowJudge judge = new RowJudge(configuration);
    staged =
        StagedBatch.write(
            conformed.rows(),
            configuration,
            judge,
            intent.decision().rejection(),
            staging.file("rows"));
    StagedCounts counts = staged.counts();
    requireAllRead(range, counts);
    if (!range.isBeforeCreation()) {
      note(conformed, counts);
    }
    account =
        new Account(
            range.rows(),
            counts.expanded(),
            0,
            counts.accepted(),
            0,
            0,
            0,
            counts.quarantined(),
            counts.filtered());
    if (rejected()) {
      // A first batch makes the tables even if all of it is rejected, so that marts can read them.
      if (!published()) {
        account = publication(configuration).settle(staged.accepted(), counts);
      }
      return Verdict.PASS;
    }
    return judged();
  }

  private Verdict judged() {
    accepted = AcceptedEvents.of(spark, warehouse, configuration, intent, staged);
    List<Finding> findings =
        new ArrayList<>(new BatchFindings(configuration, staged, intent.clock(), lookUps()).all());
    findings.addAll(accepted.findings());
    Verdict verdict = Finding.verdict(findings, intent.decision());
    if (verdict.held()) {
      return verdict;
    }
    settle();
    findings.addAll(publication.orElseThrow().findings());
    return Finding.verdict(findings, intent.decision());
  }

  private void settle() {
    Publication prepared = publication(configuration);
    settled =
        Optional.of(prepared.settle(accepted.rows(), staged.counts().expandedBy(accepted.added())));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A batch that is rolled forward was let through once, so its events are settled even if it
   * would be held now: without them it would be finished, and they would be lost.
   */
  @Override
  public List<BatchStep> steps() {
    if (!rejected()) {
      if (settled.isEmpty()) {
        settle();
      }
      account = settled.orElseThrow();
    }
    List<BatchStep> steps = new ArrayList<>();
    Optional<Dataset<Row>> refused = refused();
    if (refused.isPresent()) {
      TableName table = TableName.quarantine(planned.dataset());
      // The record is there as it came, so it may hold anything that is personal.
      SilverAppend append =
          new SilverAppend(warehouse, table, Optional.empty(), Set.of(QuarantineRows.RAW));
      Dataset<Row> rows =
          QuarantineRows.of(refused.get(), StagedBatch.VIOLATIONS, StagedBatch.RAW, intent);
      steps.add(new BatchStep(QUARANTINE, table, tag -> append.commit(rows, tag)));
    }
    publication.ifPresent(prepared -> steps.addAll(prepared.steps()));
    return steps;
  }

  /** The rows that broke a rule, and those that the history does not take. */
  private Optional<Dataset<Row>> refused() {
    Optional<Dataset<Row>> bySettling = publication.flatMap(Publication::refused);
    if (staged.counts().quarantined() == 0) {
      return bySettling;
    }
    Dataset<Row> broken = staged.refused();
    return Optional.of(
        bySettling
            .map(
                rows -> {
                  Column[] shared =
                      Stream.of(rows.columns()).map(functions::col).toArray(Column[]::new);
                  return broken.select(shared).unionByName(rows);
                })
            .orElse(broken));
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    publication.ifPresent(Publication::close);
    staging.close();
  }

  /** The one range that a batch reads. */
  static TableRange range(BatchInput input) {
    if (input.ranges().size() == 1) {
      return input.ranges().get(0);
    }
    throw new IllegalStateException("a silver batch reads one range of one table, not " + input);
  }

  private Publication publication(CleanConfiguration configuration) {
    Publication prepared =
        configuration.keepsHistory()
            ? new HistoryPublication(spark, warehouse, configuration, intent)
            : new AppendPublication(warehouse, configuration, intent);
    publication = Optional.of(prepared);
    return prepared;
  }

  private Dataset<Row> landed(TableRange range) {
    return range.isBeforeCreation()
        ? spark.createDataFrame(List.of(), NOTHING_LANDED)
        : new TableLog(spark, warehouse, planned.bronze()).read(range);
  }

  private LookUps lookUps() {
    return new LookUps(new TableCatalog(spark, warehouse), intent);
  }

  private boolean published() {
    return CleanWork.targets(planned).stream()
        .map(BatchStep.Target::table)
        .anyMatch(table -> table.layer() == Layer.SILVER && intent.pinned(table).exists());
  }

  private boolean rejected() {
    return intent.decision().rejection().isPresent();
  }

  private void requireAllRead(TableRange range, StagedCounts counts) {
    if (counts.read() != range.rows()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "versions %d to %d of %s hold %d rows by their files' statistics, but %d were read; nothing was written, check the table's files"
              .formatted(
                  range.after() + 1, range.upTo(), range.table(), range.rows(), counts.read()));
    }
  }

  private void note(Conformed conformed, StagedCounts counts) {
    if (!conformed.missing().isEmpty()) {
      notes.add("the source has no " + String.join(", ", conformed.missing()));
    }
    if (counts.rescued() > 0) {
      notes.add("rows with fields that the contract does not know: " + counts.rescued());
    }
    Optional<String> rejection = intent.decision().rejection();
    rejection.ifPresent(reason -> notes.add("the batch was rejected: " + reason));
  }
}
