package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.batch.SchemaNote;
import io.assay.batch.SeenColumns;
import io.assay.batch.StagingFolder;
import io.assay.batch.Verdict;
import io.assay.config.DatasetPipeline.Drift;
import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.quality.measure.KnownRows;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.Conformed;
import io.assay.silver.conform.Evolution;
import io.assay.silver.conform.EvolvedFields;
import io.assay.silver.quarantine.QuarantineRows;
import io.assay.table.Layer;
import io.assay.table.SavedStates;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * One batch from bronze to silver: conform → judge rows → stage → judge the batch → settle; then
 * quarantine and silver, one commit each. Everything it does follows from its intent.
 */
final class CleanBatch implements BatchAttempt {
  /** The commit of the rows that broke a rule. */
  static final String QUARANTINE = "QUARANTINE";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Intent intent;
  private final CleanConfiguration planned;
  private final CleanInput input;
  private final StagingFolder staging;
  private final List<String> notes = new ArrayList<>();
  private Optional<Publication> publication = Optional.empty();
  private StagedBatch staged;
  private CleanConfiguration configuration;
  private AcceptedEvents accepted;
  private Optional<KnownRows> table = Optional.empty();
  private Optional<Account> settled = Optional.empty();
  private Account account = Account.EMPTY;

  CleanBatch(SparkSession spark, Warehouse warehouse, Intent intent, CleanInput input) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.intent = intent;
    this.input = input;
    this.staging = StagingFolder.of(spark, warehouse, intent);
    this.planned = CleanConfiguration.fromJson(intent.configuration());
  }

  @Override
  public Verdict stage() {
    Dataset<Row> landed = input.landed();
    configuration = input.configured(Evolution.of(planned, landed.schema()));
    Conformed conformed = input.conformed(new Conform(configuration), landed);
    RowJudge judge = new RowJudge(configuration);
    staged =
        StagedBatch.write(
            conformed, configuration, judge, intent.decision().rejection(), staging.file("rows"));
    StagedCounts counts = staged.counts();
    input.requireAll(counts.read());
    if (planned.drift() == Drift.EVOLVE && conformed.documents()) {
      EvolvedFields fields = EvolvedFields.of(configuration, stored(), staged.unknown());
      configuration = fields.configuration();
      staged = staged.evolved(fields);
    }
    if (input.exists()) {
      note(conformed, counts);
    }
    account = counts.account();
    if (intent.rejected()) {
      // A first batch makes the tables even if all of it is rejected, so that marts can read them.
      if (!published()) {
        account = publication(configuration).settle(staged.accepted(), counts);
      }
      return Verdict.PASS;
    }
    return judged();
  }

  private Verdict judged() {
    accepted = AcceptedEvents.of(configuration, staged);
    LookUps lookUps = new LookUps(new TableCatalog(spark, warehouse), intent);
    BatchFindings found =
        new BatchFindings(configuration, staged, lookUps, BatchJudge.of(spark, warehouse, intent));
    List<Finding> findings = new ArrayList<>();
    if (input.judgedBefore()) {
      findings.addAll(found.rulesOfReleased());
    } else {
      findings.addAll(found.rules());
      findings.addAll(accepted.findings(spark, warehouse, configuration, intent, staged));
    }
    findings.addAll(ofTable(found));
    Verdict verdict = verdict(found, Map.of(), findings);
    if (verdict.held()) {
      return verdict;
    }
    settle();
    Publication prepared = publication.orElseThrow();
    findings.addAll(prepared.findings());
    return verdict(found, prepared.refusals(), findings);
  }

  /** The gate counts what the history refuses as soon as that is known. */
  private Verdict verdict(BatchFindings found, Map<String, Long> refusals, List<Finding> others) {
    List<Finding> findings = new ArrayList<>();
    if (!input.judgedBefore()) {
      findings.add(found.gate(refusals));
    }
    findings.addAll(others);
    Verdict verdict = Finding.verdict(findings, intent.decision());
    // Where nothing ever came nothing is wrong, and held it would keep what comes first waiting.
    return input.exists() ? verdict : new Verdict(List.of(), verdict.warnings(), verdict.metrics());
  }

  private List<Finding> ofTable(BatchFindings found) {
    boolean nothingReleased = input.judgedBefore() && staged.counts().accepted() == 0;
    if (nothingReleased || !configuration.contract().judgesTable()) {
      return List.of();
    }
    TableLog silver = new TableLog(spark, warehouse, intent.table());
    KnownRows earlier = new EarlierRows(silver, ledger(), intent).known(configuration.contract());
    List<Finding> findings = found.table(earlier);
    if (earlier.read()) {
      notes.add(
          "%s was read whole at version %d, once: of its rows nothing was kept yet that rules on the table need"
              .formatted(intent.table(), intent.pinned(intent.table()).version()));
    }
    table = Optional.of(earlier);
    return findings;
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
    if (!intent.rejected()) {
      if (settled.isEmpty()) {
        settle();
      }
      account = settled.orElseThrow();
    }
    List<BatchStep> steps = new ArrayList<>();
    QuarantineRows form = new QuarantineRows(StagedBatch.VIOLATIONS, StagedBatch.RAW, intent);
    TableName table = TableName.quarantine(planned.dataset());
    input
        .quarantine(refused(), form)
        .ifPresent(write -> steps.add(new BatchStep(QUARANTINE, table, write)));
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
  public Optional<SavedStates> states() {
    return table.map(KnownRows::states);
  }

  @Override
  public Optional<SchemaNote> schema() {
    return Optional.of(
        new BatchSchema(planned, configuration, staged.unknown())
            .note(SeenColumns.before(ledger())));
  }

  /** The columns that the table has which takes a batch's rows; none if it does not exist. */
  private StructType stored() {
    TableName table = planned.keepsHistory() ? TableName.events(planned.dataset()) : intent.table();
    TableState before = intent.pinned(table);
    return before.exists()
        ? new TableLog(spark, warehouse, table).read(before.version()).schema()
        : new StructType();
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

  private BatchLedger ledger() {
    return BatchLedger.of(spark, warehouse, intent.table());
  }

  private boolean published() {
    return CleanWork.targets(planned).stream()
        .map(BatchStep.Target::table)
        .anyMatch(table -> table.layer() == Layer.SILVER && intent.pinned(table).exists());
  }

  private void note(Conformed conformed, StagedCounts counts) {
    if (!conformed.missing().isEmpty()) {
      notes.add("the source has no " + String.join(", ", conformed.missing()));
    }
    if (counts.rescued() > 0 && !staged.unknown().isEmpty()) {
      notes.add("rows with fields that the contract does not know: " + counts.rescued());
    }
    Optional<String> rejection = intent.decision().rejection();
    rejection.ifPresent(reason -> notes.add("the batch was rejected: " + reason));
  }
}
