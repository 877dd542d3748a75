package io.assay.silver;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.config.Format;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractSchema;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.history.Refused;
import io.assay.silver.quarantine.OpenRows;
import io.assay.table.Layer;
import io.assay.table.TableCatalog;
import io.assay.table.TableComments;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Where the batches of a silver table come from: the versions that its bronze table has gained. */
final class CleanWork implements BatchWork {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final CleanConfiguration configuration;
  private final long maxRows;

  /**
   * @param maxRows how many rows a batch may take, as far as versions of bronze can be told apart
   */
  CleanWork(
      SparkSession spark, Warehouse warehouse, CleanConfiguration configuration, long maxRows) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.configuration = configuration;
    this.maxRows = maxRows;
  }

  @Override
  public TableName table() {
    return TableName.silver(configuration.dataset());
  }

  @Override
  public List<BatchStep.Target> targets() {
    return targets(configuration);
  }

  @Override
  public List<BatchStep.Target> targets(Intent intent) {
    return targets(CleanConfiguration.fromJson(intent.configuration()));
  }

  /** The commits of a dataset's batches. */
  static List<BatchStep.Target> targets(CleanConfiguration configuration) {
    List<BatchStep.Target> targets = new ArrayList<>();
    targets.add(
        new BatchStep.Target(CleanBatch.QUARANTINE, TableName.quarantine(configuration.dataset())));
    if (configuration.keepsHistory()) {
      targets.addAll(HistoryPublication.targets(configuration));
    } else {
      targets.add(AppendPublication.target(configuration));
    }
    return targets;
  }

  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    if (last.isEmpty() && !bronze().state().exists()) {
      // Nothing ever came. A batch of nothing makes the tables, so that marts can read them.
      TableRange nothing = TableRange.beforeCreation(configuration.bronze());
      return Optional.of(new BatchInput.Tables(List.of(nothing)));
    }
    long after = last.map(input -> CleanBatch.range(input).upTo()).orElse(-1L);
    return bronze().next(after, maxRows).map(range -> new BatchInput.Tables(List.of(range)));
  }

  /**
   * The tables that the batch itself writes, and those that its rules look at: a batch that is
   * carried out again must see them so.
   */
  @Override
  public Map<TableName, TableState> pins() {
    Map<TableName, TableState> pins =
        new TreeMap<>(
            LookUps.states(new TableCatalog(spark, warehouse), configuration.contract().lookUps()));
    for (BatchStep.Target target : targets()) {
      pins.put(target.table(), log(target.table()).state());
    }
    return pins;
  }

  @Override
  public JsonNode configuration() {
    return configuration.toJson();
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if silver holds rows of the former bronze that nothing could tell from
   *     the new one's, since they have no history
   */
  @Override
  public Optional<String> newEpoch(BatchInput last) {
    requireSameKind();
    Optional<String> reason = madeAnew(CleanBatch.range(last));
    if (reason.isPresent() && !configuration.keepsHistory() && log(table()).rows() > 0) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s, and %s keeps no history, so the rows it has would be there twice: move the folders of %s and %s away, then run again"
              .formatted(
                  reason.get(), table(), table(), TableName.quarantine(configuration.dataset())));
    }
    return reason;
  }

  /**
   * The versions that a held batch was to read are gone when bronze was made anew. A batch of
   * nothing is not held any more, so one that was stands in nobody's way.
   */
  @Override
  public boolean outdated(BatchInput held) {
    TableRange range = CleanBatch.range(held);
    return range.isBeforeCreation() || madeAnew(range).isPresent();
  }

  private Optional<String> madeAnew(TableRange range) {
    TableState state = bronze().state();
    if (range.isBeforeCreation()) {
      return Optional.empty();
    }
    if (!range.tableId().equals(state.id())) {
      return Optional.of(configuration.bronze() + " was recreated");
    }
    return state.version() < range.upTo()
        ? Optional.of(configuration.bronze() + " went back to version " + state.version())
        : Optional.empty();
  }

  /**
   * Versions are told apart by key and sequence, and each {@code keep} stores other tables: none of
   * them can change under rows that are there. Nor can the array whose elements are rows, since a
   * row in quarantine is known by its place in it.
   */
  private void requireSameKind() {
    before()
        .filter(before -> !sameKind(before))
        .ifPresent(
            before -> {
              throw new AssayException(
                  ExitCode.CONFIGURATION,
                  "the tables of %s were made with %s, and the configuration has %s now: change it back, or %s"
                      .formatted(
                          table(),
                          kind(before),
                          kind(configuration),
                          sameKeep(before)
                              ? "make them anew with assay rebuild " + table()
                              : "give the dataset a new name"));
            });
  }

  /** Everything that bronze holds, in batches. */
  List<BatchInput.Piece> whole(Instant clock) {
    return RecordedInput.whole(bronze(), maxRows, clock);
  }

  /**
   * What is to be taken from quarantine, batch by batch. What was turned away as a whole, or for
   * its time, broke no rule that could have been wrong: it is taken only where the filter names
   * that.
   *
   * @throws AssayException if bronze was made anew and no run has seen it yet
   */
  List<Quarantined> replays(BatchLedger ledger, Filter filter) {
    Optional<EpochInput> epoch = EpochInput.of(ledger, configuration());
    TableName name = TableName.quarantine(configuration.dataset());
    TableState state = log(name).state();
    if (epoch.isEmpty() || !state.exists()) {
      return List.of();
    }
    Optional<String> anew = newEpoch(epoch.get().last());
    if (anew.isPresent()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s, so the rows in %s will come again: run %s first"
              .formatted(anew.get(), name, table()));
    }
    Filter meant =
        filter
            .unlessAskedFor(List.of(Refused.LATE, StagedBatch.REJECTED))
            .butNotTriedBy(epoch.get().tried());
    OpenRows open = new OpenRows(log(name).read(state.version()), epoch.get().firstBatch());
    return new ReplayPlan(epoch.get(), maxRows, configuration.format() == Format.SNAPSHOT)
        .batches(open.byBronzeVersion(meant), meant);
  }

  /** What the newest batch was configured with; empty if there is none. */
  Optional<CleanConfiguration> before() {
    return BatchLedger.of(spark, warehouse, table())
        .lastDone()
        .map(done -> CleanConfiguration.fromJson(done.intent().configuration()));
  }

  /** Whether tables of that configuration can take rows of this one. */
  boolean sameKind(CleanConfiguration before) {
    return kind(before).equals(kind(configuration));
  }

  /** Whether that configuration has the same tables. */
  boolean sameKeep(CleanConfiguration before) {
    return before.history().keep() == configuration.history().keep();
  }

  /** How much is kept, as it is written in configuration. */
  static String keep(CleanConfiguration configuration) {
    return configuration.history().keep().name().toLowerCase(Locale.ROOT);
  }

  private static String kind(CleanConfiguration configuration) {
    String keep =
        keep(configuration) + configuration.explode().map(array -> ", explode " + array).orElse("");
    if (!configuration.keepsHistory()) {
      return "history.keep: " + keep;
    }
    List<String> key = configuration.contract().key().stream().map(ContractColumn::name).toList();
    List<String> filled = configuration.history().ignoreNullUpdates();
    return "history.keep: %s, key %s, sequence %s%s"
        .formatted(
            keep,
            key,
            configuration.history().sequence(),
            filled.isEmpty() ? "" : ", ignore_null_updates " + filled);
  }

  /** The events are internal, and have comments of columns only. */
  @Override
  public Map<TableName, TableComments> outdatedComments() {
    ContractSchema schema = new ContractSchema(configuration.contract());
    Map<TableName, TableComments> outdated = new TreeMap<>();
    for (BatchStep.Target target : targets()) {
      TableName table = target.table();
      if (table.layer() == Layer.SILVER) {
        boolean internal = table.equals(TableName.events(configuration.dataset()));
        TableComments comments =
            new TableComments(
                spark,
                warehouse,
                table,
                internal ? Optional.empty() : schema.description(),
                schema::described);
        if (comments.outdated()) {
          outdated.put(table, comments);
        }
      }
    }
    return outdated;
  }

  @Override
  public BatchAttempt attempt(Intent intent) {
    return intent.input() instanceof BatchInput.Replayed replayed
        ? new RebuildBatch(spark, warehouse, intent, replayed)
        : new CleanBatch(spark, warehouse, intent, CleanInput.of(spark, warehouse, intent));
  }

  private TableLog bronze() {
    return log(configuration.bronze());
  }

  private TableLog log(TableName stored) {
    return new TableLog(spark, warehouse, stored);
  }
}
