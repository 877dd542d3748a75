package io.assay.silver;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Piece;
import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.Verdict;
import io.assay.config.Format;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.quarantine.OpenRows;
import io.assay.silver.quarantine.ReplayedRows;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of a dataset made anew from bronze, beside those that people read. Each recorded batch
 * is done again over its own range, so this takes no more memory than the batches did.
 */
final class ShadowTable {
  private final SparkSession spark;
  private final CleanConfiguration configuration;
  private final Warehouse warehouse;

  ShadowTable(SparkSession spark, Warehouse live, CleanConfiguration configuration) {
    this.spark = spark;
    this.configuration = configuration;
    this.warehouse = live.beside(TableName.silver(configuration.dataset()), configuration.bronze());
  }

  /**
   * Makes the tables.
   *
   * @param recorded what is read, with what was decided about it
   * @param more rules whose failure is accepted besides
   * @param tried the quarantine that people see, which knows what was replayed; empty if there is
   *     none
   * @return the same with the accounts of this time
   * @throws AssayException with exit code 3 if a batch would be held
   */
  List<Piece> build(List<Piece> recorded, Decision more, Optional<Dataset<Row>> tried) {
    clear();
    List<Piece> built = new ArrayList<>();
    for (Piece piece : recorded) {
      Map<String, String> accepted = new HashMap<>(more.accepted());
      accepted.putAll(piece.decision().accepted());
      Decision decision = new Decision(accepted, piece.decision().rejection());
      Intent intent = intent(piece, decision, built.size() + 1);
      built.add(
          piece.replay().isEmpty()
              ? built(piece, intent, CleanInput.of(spark, warehouse, intent))
              : replayed(piece, intent, tried));
    }
    markComplete();
    return built;
  }

  private Intent intent(Piece piece, Decision decision, long number) {
    return new Intent(
        "rebuild",
        TableName.silver(configuration.dataset()),
        1,
        number,
        "rebuild",
        piece.clock(),
        new BatchInput.Tables(List.of(piece.range())),
        pins(),
        configuration.ofRebuild().toJson(),
        decision);
  }

  /** What the replay tried then, as far as it is in quarantine here. */
  private Piece replayed(Piece piece, Intent intent, Optional<Dataset<Row>> tried) {
    TableName table = TableName.quarantine(configuration.dataset());
    TableState before = intent.pinned(table);
    Quarantined then = piece.replay().orElseThrow().input();
    if (!before.exists()) {
      return piece(piece, intent, Account.EMPTY);
    }
    long batch = piece.replay().get().batch();
    Dataset<Row> open =
        new OpenRows(log(table).read(before.version()), 1).between(then.after(), then.upTo());
    // Of a snapshot all that is open is tried, since all of it tells whether it deletes.
    Dataset<Row> rows =
        configuration.format() == Format.SNAPSHOT
            ? open
            : ReplayedRows.triedBy(batch, open, tried.orElseThrow());
    long count = rows.count();
    if (count == 0) {
      return piece(piece, intent, Account.EMPTY);
    }
    Quarantined meant =
        new Quarantined(then.position(), then.landed(), 1, Quarantined.Filter.ALL, count);
    ReplayedRows replayed = new ReplayedRows(rows, batch);
    return built(piece, intent, new QuarantinedInput(spark, warehouse, meant, replayed, table));
  }

  private Piece built(Piece piece, Intent intent, CleanInput input) {
    try (BatchAttempt attempt = new CleanBatch(spark, warehouse, intent, input)) {
      Verdict verdict = attempt.stage();
      if (verdict.held()) {
        throw held(piece, verdict);
      }
      for (BatchStep step : attempt.steps()) {
        step.write().commit(new CommitTag(intent.application(step.name()), intent.batch(), "{}"));
      }
      return piece(piece, intent, attempt.account());
    }
  }

  private static Piece piece(Piece piece, Intent intent, Account account) {
    return new Piece(piece.range(), piece.clock(), intent.decision(), account, piece.replay());
  }

  private AssayException held(Piece piece, Verdict verdict) {
    TableRange range = piece.range();
    Optional<Quarantined> replayed = piece.replay().map(BatchInput.Replay::input);
    String rules =
        verdict.holds().stream()
            .map(hold -> hold.rule() + ": " + hold.message())
            .collect(Collectors.joining("; "));
    return new AssayException(
        ExitCode.QUALITY,
        "versions %d to %d of %s would be held now (%s), so silver.%s was not rebuilt, and nothing was changed: change the rule, or let it through with --accept RULE --reason TEXT"
            .formatted(
                replayed.map(Quarantined::after).orElse(range.after()) + 1,
                replayed.map(Quarantined::upTo).orElse(range.upTo()),
                range.table(),
                rules,
                configuration.dataset()));
  }

  private Map<TableName, TableState> pins() {
    Map<TableName, TableState> pins = new TreeMap<>();
    for (BatchStep.Target target : CleanWork.targets(configuration)) {
      pins.put(target.table(), log(target.table()).state());
    }
    return pins;
  }

  TableLog log(TableName table) {
    return new TableLog(spark, warehouse, table);
  }

  /** Whether the tables are there, whole. */
  boolean complete() {
    try {
      return files().exists(mark());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Removes the tables. */
  void clear() {
    try {
      // First the mark: what is left of the rest after a crash must not be taken for the whole.
      files().delete(mark(), false);
      files().delete(warehouse.root(), true);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void markComplete() {
    try {
      files().create(mark(), true).close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Path mark() {
    return new Path(warehouse.root(), "_complete");
  }

  private FileSystem files() throws IOException {
    return warehouse.root().getFileSystem(spark.sessionState().newHadoopConf());
  }

  private AssayException failure(IOException e) {
    return new AssayException(
        ExitCode.FAILURE,
        "cannot write or remove %s, where silver.%s is rebuilt: %s"
            .formatted(warehouse.root(), configuration.dataset(), e.getMessage()),
        e);
  }
}
