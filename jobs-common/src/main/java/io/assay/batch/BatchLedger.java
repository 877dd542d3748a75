package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.SavedStates;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One table's intents and accounts: small files that are written once. They are the truth; the
 * {@code ops} tables are made from them.
 *
 * <pre>
 *   ledger/silver.orders/batches/000000/0000000042.intent.json   what batch 42 is going to do
 *                                       0000000042.held.json     it waits for a decision
 *                                       0000000042.states.json   what is known of all rows of the table
 *                                       0000000042.metrics.json  what was measured
 *                                       0000000042.end.json      done (with the account) or abandoned
 *                       epochs/0002.json                         the numbering's meaning started anew, and why
 *                       runs/2026-11/RUN.json                    what a run did, for status
 *                       leases/                                  who writes
 * </pre>
 *
 * A folder holds a thousand batches, so finding the newest costs the same after years.
 */
public final class BatchLedger {
  private static final String INTENT = ".intent.json";
  private static final String HELD = ".held.json";
  private static final String STATES = ".states.json";
  private static final String METRICS = ".metrics.json";
  private static final String END = ".end.json";
  private static final int FOLDER_SIZE = 1000;

  private final LedgerStore store;
  private final TableName table;
  private final Path root;

  public BatchLedger(Warehouse warehouse, TableName table, Configuration configuration) {
    this.table = table;
    this.root = warehouse.ledger(table);
    this.store = new LedgerStore(root, configuration);
  }

  /** The tables that have a ledger, sorted. Needs no Spark. */
  public static List<TableName> tables(Warehouse warehouse, Configuration configuration) {
    return new LedgerStore(warehouse.root(), configuration)
        .names(warehouse.ledgers()).stream().map(TableName::of).sorted().toList();
  }

  /** Where the ledger lies; a job may keep a derived file of its own beside it. */
  public Path root() {
    return root;
  }

  /** Whether the store decides between two writers; if not, the lease is advisory. */
  boolean atomic() {
    return store.atomic();
  }

  /** The epoch in force; the first is 1. */
  public int epoch() {
    List<String> epochs = store.names(new Path(root, "epochs"));
    return epochs.isEmpty() ? 1 : Integer.parseInt(epochs.get(epochs.size() - 1).substring(0, 4));
  }

  /**
   * Starts the next epoch: positions count from the beginning, and batch numbers under new
   * identities.
   */
  void startEpoch(String reason, String runId, Instant at) {
    int next = epoch() + 1;
    create(
        new Path(root, "epochs/%04d.json".formatted(next)),
        new EpochRecord(next, reason, runId, at));
  }

  private record EpochRecord(int epoch, String reason, String runId, Instant startedAt) {}

  /** The newest batch number; 0 if there is none. */
  public long newestBatch() {
    List<String> folders = store.names(new Path(root, "batches"));
    for (int i = folders.size() - 1; i >= 0; i--) {
      long newest =
          store.names(new Path(root, "batches/" + folders.get(i))).stream()
              .filter(name -> name.endsWith(INTENT))
              .mapToLong(BatchLedger::number)
              .max()
              .orElse(0);
      if (newest > 0) {
        return newest;
      }
    }
    return 0;
  }

  Optional<Intent> intent(long batch) {
    return read(batch, INTENT, Intent.class);
  }

  public Optional<HeldBatch> held(long batch) {
    return read(batch, HELD, HeldBatch.class);
  }

  public Optional<BatchEnd> end(long batch) {
    return read(batch, END, BatchEnd.class);
  }

  /** What was measured of a batch; empty if nothing was. */
  public List<Metric> metrics(long batch) {
    return read(batch, METRICS, MetricsRecord.class).map(MetricsRecord::metrics).orElse(List.of());
  }

  /** What a batch left of all rows that the table had after it; empty if it left nothing. */
  public Optional<SavedStates> states(long batch) {
    return read(batch, STATES, SavedStates.class);
  }

  private record MetricsRecord(List<Metric> metrics) {}

  /** The newest intent, if it has no end yet: a batch in hand, held, or left behind by a crash. */
  public Optional<Intent> open() {
    long newest = newestBatch();
    return newest == 0 || end(newest).isPresent() ? Optional.empty() : intent(newest);
  }

  /** The newest batch that was done. */
  public Optional<FinishedBatch> lastDone() {
    for (long batch = newestBatch(); batch > 0; batch--) {
      Optional<FinishedBatch> finished = finished(batch);
      if (finished.isPresent()) {
        return finished;
      }
    }
    return Optional.empty();
  }

  /** The batch that waits for a decision; empty if none does, or a run has it in hand again. */
  public Optional<HeldBatch> waiting() {
    return open().or(this::heldIntent).flatMap(intent -> held(intent.batch()));
  }

  /** The input of the batch that was held and never done since, so that it stays first in line. */
  Optional<BatchInput> heldInput() {
    return heldIntent().map(Intent::input);
  }

  /**
   * A rebuild does again what was done before, and a replay takes what was read before, so what is
   * held stays held behind them.
   */
  private Optional<Intent> heldIntent() {
    List<BatchInput.Replayed> rebuilt = new ArrayList<>();
    for (long batch = newestBatch(); batch > 0; batch--) {
      if (end(batch).filter(end -> end.kind() == BatchEnd.Kind.DONE).isPresent()) {
        BatchInput done = intent(batch).orElseThrow().input();
        if (done instanceof BatchInput.Replayed replayed) {
          rebuilt.add(replayed);
        } else if (!(done instanceof BatchInput.Quarantined)) {
          return Optional.empty();
        }
      } else if (held(batch).isPresent()) {
        return intent(batch)
            .filter(held -> rebuilt.stream().allMatch(replayed -> replayed.precedes(held.input())));
      }
    }
    return Optional.empty();
  }

  /** Done batches after a number, oldest first; read one by one as the stream is consumed. */
  public Stream<FinishedBatch> doneAfter(long batch) {
    return Stream.iterate(batch + 1, number -> number + 1)
        .limit(Math.max(0, newestBatch() - batch))
        .flatMap(number -> finished(number).stream());
  }

  /**
   * Writes an intent.
   *
   * @throws AssayException if the number was used by somebody else in the meantime
   */
  void begin(Intent intent) {
    create(file(intent.batch(), INTENT), intent);
  }

  void hold(HeldBatch held) {
    store.create(file(held.batch(), HELD), LedgerJson.bytes(held));
  }

  void remember(long batch, SavedStates states) {
    store.create(file(batch, STATES), LedgerJson.bytes(states));
  }

  void measured(long batch, List<Metric> metrics) {
    store.create(file(batch, METRICS), LedgerJson.bytes(new MetricsRecord(metrics)));
  }

  void finish(BatchEnd end) {
    create(file(end.batch(), END), end);
  }

  /** Records what a run did. */
  public void recordRun(RunRecord run) {
    String month = run.finishedAt().toString().substring(0, 7);
    create(new Path(root, "runs/%s/%s.json".formatted(month, run.runId())), run);
  }

  /** What the newest run did; run ids sort by time. */
  public Optional<RunRecord> lastRun() {
    List<String> months = store.names(new Path(root, "runs"));
    for (int i = months.size() - 1; i >= 0; i--) {
      Path month = new Path(root, "runs/" + months.get(i));
      List<String> runs = store.names(month);
      if (!runs.isEmpty()) {
        return store
            .read(new Path(month, runs.get(runs.size() - 1)))
            .map(bytes -> LedgerJson.read(bytes, RunRecord.class));
      }
    }
    return Optional.empty();
  }

  /** What runs after the given run did, oldest first. */
  public List<RunRecord> runsAfter(String runId) {
    List<RunRecord> runs = new ArrayList<>();
    for (String month : store.names(new Path(root, "runs"))) {
      Path folder = new Path(root, "runs/" + month);
      for (String name : store.names(folder)) {
        if (name.compareTo(runId + ".json") > 0) {
          store
              .read(new Path(folder, name))
              .ifPresent(bytes -> runs.add(LedgerJson.read(bytes, RunRecord.class)));
        }
      }
    }
    return runs;
  }

  LedgerStore store() {
    return store;
  }

  Optional<FinishedBatch> finished(long batch) {
    return end(batch)
        .filter(end -> end.kind() == BatchEnd.Kind.DONE)
        .map(end -> new FinishedBatch(intent(batch).orElseThrow(), end));
  }

  private <T> Optional<T> read(long batch, String suffix, Class<T> type) {
    return store.read(file(batch, suffix)).map(bytes -> LedgerJson.read(bytes, type));
  }

  private void create(Path path, Object value) {
    if (!store.create(path, LedgerJson.bytes(value))) {
      throw new AssayException(
          ExitCode.FAILURE,
          "two writers met on "
              + table
              + ": "
              + path
              + " exists already. One writer per table: stop the other one, then run again");
    }
  }

  private Path file(long batch, String suffix) {
    return new Path(root, "batches/%06d/%010d%s".formatted(batch / FOLDER_SIZE, batch, suffix));
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
