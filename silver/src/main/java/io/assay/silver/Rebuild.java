package io.assay.silver;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Piece;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchProtocol;
import io.assay.batch.BatchResult;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.comparison.Difference;
import io.assay.silver.comparison.RowComparison;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Builds a dataset's tables anew, beside those that people read, and compares them. */
final class Rebuild {
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final CleanWork work;
  private final Decision decision;
  private final Instant now;
  private final CleanConfiguration configuration;
  private final ShadowTable shadow;

  /**
   * A rebuild.
   *
   * @param decision rules whose failure is accepted, besides those that were accepted before
   * @param now the time of batches that were never done before
   */
  Rebuild(SparkSession spark, Warehouse warehouse, CleanWork work, Decision decision, Instant now) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.work = work;
    this.decision = decision;
    this.now = now;
    this.configuration = CleanConfiguration.fromJson(work.configuration());
    this.shadow = new ShadowTable(spark, warehouse, configuration);
  }

  /** Builds, compares, and changes nothing. */
  RebuildPreview rehearse(BatchProtocol protocol) {
    return protocol.inspect(
        work,
        ledger -> {
          RebuildPreview preview = build(ledger).preview();
          shadow.clear();
          return preview;
        });
  }

  /**
   * Builds, and swaps the tables unless they are the same.
   *
   * @param listener is told what differs, before anything is changed
   */
  BatchResult apply(BatchProtocol protocol, Consumer<RebuildPreview> listener) {
    return protocol.replace(
        work,
        ledger -> {
          Built built = build(ledger);
          listener.accept(built.preview());
          if (!built.preview().changes()) {
            shadow.clear();
            return Optional.empty();
          }
          return Optional.of(new BatchInput.Replayed(built.pieces()));
        });
  }

  private record Built(List<Piece> pieces, RebuildPreview preview) {}

  private Built build(BatchLedger ledger) {
    CleanConfiguration before = work.before().orElseThrow(this::nothingThere);
    requireSameKeep(before);
    TableLog bronze = live(configuration.bronze());
    RecordedInput recorded = RecordedInput.of(ledger, bronze.state());
    List<Piece> input = recorded.pieces().isEmpty() ? work.whole(now) : recorded.pieces();
    if (input.isEmpty()) {
      throw nothingThere();
    }
    List<Piece> pieces = shadow.build(input, decision, quarantine());
    List<String> notes = new ArrayList<>();
    if (recorded.lost() > 0) {
      notes.add(
          "%d batches read a bronze table that is not there any more: what only they brought is not in the rebuilt table"
              .formatted(recorded.lost()));
    }
    RebuildPreview preview =
        new RebuildPreview(
            work.table(),
            versioned(),
            configuration.keepsHistory(),
            pieces.size(),
            difference(),
            RecordedInput.account(recorded.pieces()),
            RecordedInput.account(pieces),
            !work.sameKind(before) || otherRows(),
            notes);
    return new Built(pieces, preview);
  }

  private Optional<Dataset<Row>> quarantine() {
    TableLog quarantine = live(TableName.quarantine(configuration.dataset()));
    TableState state = quarantine.state();
    return state.exists() ? Optional.of(quarantine.read(state.version())) : Optional.empty();
  }

  private AssayException nothingThere() {
    return new AssayException(
        ExitCode.FAILURE,
        "%s has no batch yet, so there is nothing to rebuild: run it first (assay run %s)"
            .formatted(work.table(), work.table()));
  }

  private void requireSameKeep(CleanConfiguration before) {
    if (!work.sameKeep(before)) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "the tables of %s were made with history.keep: %s, and other tables belong to %s: change it back, or give the dataset a new name"
              .formatted(work.table(), CleanWork.keep(before), CleanWork.keep(configuration)));
    }
  }

  /** Whether a table that is not compared row by row has gained or lost rows. */
  private boolean otherRows() {
    return work.targets().stream()
        .map(BatchStep.Target::table)
        .anyMatch(table -> rows(live(table)) != rows(shadow.log(table)));
  }

  private static long rows(TableLog log) {
    return log.state().exists() ? log.rows() : 0;
  }

  private Difference difference() {
    TableName stored = work.targets().get(work.targets().size() - 1).table();
    TableLog before = live(stored);
    TableLog after = shadow.log(stored);
    return before.state().exists() || after.state().exists()
        ? difference(read(before, after), read(after, before))
        : Difference.NONE;
  }

  /** The table's rows; if it does not exist, none, with the columns of the other. */
  private static Dataset<Row> read(TableLog table, TableLog other) {
    TableState state = table.state();
    return state.exists()
        ? table.read(state.version())
        : other.read(other.state().version()).limit(0);
  }

  private Difference difference(Dataset<Row> before, Dataset<Row> after) {
    RowComparison comparison =
        configuration.keepsHistory()
            ? new RowComparison(key(), identity(), publicColumns(after.schema()))
            : new RowComparison(
                List.of(RowColumns.SOURCE),
                List.of(RowColumns.SOURCE),
                publicColumns(after.schema()));
    return comparison.difference(comparison.pairs(before, after));
  }

  private List<String> key() {
    return definition().key().stream().map(StructField::name).toList();
  }

  /** Versions are told apart by their start, so that they match where the sequence is another. */
  private List<String> identity() {
    List<String> identity = new ArrayList<>(key());
    if (versioned()) {
      identity.add(HistoryColumns.VALID_FROM);
    }
    return identity;
  }

  private boolean versioned() {
    return configuration.keepsHistory() && definition().versioned();
  }

  private HistoryDefinition definition() {
    return HistoryDefinition.of(
        configuration.dataset(),
        configuration.history(),
        configuration.contract(),
        configuration.format());
  }

  /** The columns that people read. */
  private static StructType publicColumns(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !field.name().startsWith("_"))
            .toArray(StructField[]::new));
  }

  private TableLog live(TableName table) {
    return new TableLog(spark, warehouse, table);
  }
}
