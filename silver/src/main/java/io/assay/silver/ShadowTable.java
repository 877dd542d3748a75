package io.assay.silver;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Piece;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.Verdict;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
   * @return the same with the accounts of this time
   * @throws AssayException with exit code 3 if a batch would be held
   */
  List<Piece> build(List<Piece> recorded, Decision more) {
    clear();
    List<Piece> built = new ArrayList<>();
    for (Piece piece : recorded) {
      Map<String, String> accepted = new HashMap<>(more.accepted());
      accepted.putAll(piece.decision().accepted());
      Decision decision = new Decision(accepted, piece.decision().rejection());
      built.add(built(piece.range(), piece.clock(), decision, built.size() + 1));
    }
    markComplete();
    return built;
  }

  private Piece built(TableRange range, Instant clock, Decision decision, long number) {
    Intent intent =
        new Intent(
            "rebuild",
            TableName.silver(configuration.dataset()),
            1,
            number,
            "rebuild",
            clock,
            new BatchInput.Tables(List.of(range)),
            pins(),
            configuration.toJson(),
            decision);
    try (BatchAttempt attempt = new CleanBatch(spark, warehouse, intent)) {
      Verdict verdict = attempt.stage();
      if (verdict.held()) {
        throw held(range, verdict);
      }
      for (BatchStep step : attempt.steps()) {
        step.write().commit(new CommitTag(intent.application(step.name()), number, "{}"));
      }
      return new Piece(range, clock, decision, attempt.account());
    }
  }

  private AssayException held(TableRange range, Verdict verdict) {
    String rules =
        verdict.holds().stream()
            .map(hold -> hold.rule() + ": " + hold.message())
            .collect(Collectors.joining("; "));
    return new AssayException(
        ExitCode.QUALITY,
        "versions %d to %d of %s would be held now (%s), so silver.%s was not rebuilt, and nothing was changed: change the rule, or let it through with --accept RULE --reason TEXT"
            .formatted(
                range.after() + 1, range.upTo(), range.table(), rules, configuration.dataset()));
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
