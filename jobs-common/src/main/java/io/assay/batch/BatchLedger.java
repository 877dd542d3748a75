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
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

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
  private static final String HELD = ".held.json";
  private static final String STATES = ".states.json";
  private static final String METRICS = ".metrics.json";
  private static final String END = ".end.json";

  private final LedgerStore store;
  private final TableName table;
  private final Path root;
  private final BatchFiles batches;
  private final boolean leased;
  private OptionalInt epoch = OptionalInt.empty();

  public BatchLedger(Warehouse warehouse, TableName table, Configuration configuration) {
    this(
        table,
        warehouse.ledger(table),
        new LedgerStore(warehouse.ledger(table), configuration),
        false);
  }

  /** The ledger of a table, reached as a session reaches its tables. */
  public static BatchLedger of(SparkSession spark, Warehouse warehouse, TableName table) {
    return new BatchLedger(warehouse, table, spark.sessionState().newHadoopConf());
  }

  private BatchLedger(TableName table, Path root, LedgerStore store, boolean leased) {
    this.table = table;
    this.root = root;
    this.store = store;
    this.batches = new BatchFiles(store, new Path(root, "batches"), leased);
    this.leased = leased;
  }

  /** The same for who has the table's lease: what is newest is looked for once. */
  BatchLedger leased() {
    return new BatchLedger(table, root, store, true);
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

  /** Whether the store decides between two writers; if not, leases alone keep them apart. */
  boolean atomic() {
    return store.atomic();
  }

  /** The epoch in force; the first is 1. */
  public int epoch() {
    if (!leased || epoch.isEmpty()) {
      IntStream epochs =
          store.names(new Path(root, "epochs")).stream()
              .mapToInt(name -> Integer.parseInt(name.substring(0, 4)));
      epoch = OptionalInt.of(epochs.max().orElse(1));
    }
    return epoch.getAsInt();
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
    epoch = OptionalInt.of(next);
  }

  private record EpochRecord(int epoch, String reason, String runId, Instant startedAt) {}

  /** The newest batch number; 0 if there is none. */
  public long newestBatch() {
    return batches.newest();
  }

  Optional<Intent> intent(long batch) {
    return batches.read(batch, BatchFiles.INTENT, Intent.class);
  }

  public Optional<HeldBatch> held(long batch) {
    return batches.read(batch, HELD, HeldBatch.class);
  }

  public Optional<BatchEnd> end(long batch) {
    return batches.read(batch, END, BatchEnd.class);
  }

  /** What was measured of a batch; empty if nothing was. */
  public List<Metric> metrics(long batch) {
    return batches
        .read(batch, METRICS, MetricsRecord.class)
        .map(MetricsRecord::metrics)
        .orElse(List.of());
  }

  /** What a batch left of all rows that the table had after it; empty if it left nothing. */
  public Optional<SavedStates> states(long batch) {
    return batches.read(batch, STATES, SavedStates.class);
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

  /** What the newest batch of this epoch read that was done; empty at the epoch's start. */
  public Optional<BatchInput> lastInput() {
    return lastInput(input -> true);
  }

  /** What the newest done batch of this epoch read whose input fits. */
  public Optional<BatchInput> lastInput(Predicate<BatchInput> fits) {
    int epoch = epoch();
    for (long batch = newestBatch(); batch > 0; batch--) {
      Optional<Intent> done = finished(batch).map(FinishedBatch::intent);
      if (done.isPresent() && done.get().epoch() != epoch) {
        return Optional.empty();
      } else if (done.isPresent() && fits.test(done.get().input())) {
        return done.map(Intent::input);
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
    create(batches.file(intent.batch(), BatchFiles.INTENT), intent);
    batches.begun(intent.batch());
  }

  void hold(HeldBatch held) {
    store.create(batches.file(held.batch(), HELD), LedgerJson.bytes(held));
  }

  void remember(long batch, SavedStates states) {
    store.create(batches.file(batch, STATES), LedgerJson.bytes(states));
  }

  void measured(long batch, List<Metric> metrics) {
    store.create(batches.file(batch, METRICS), LedgerJson.bytes(new MetricsRecord(metrics)));
  }

  void finish(BatchEnd end) {
    create(batches.file(end.batch(), END), end);
  }

  /** What runs did to the table. */
  public RunRecords runs() {
    return new RunRecords(store, new Path(root, "runs"));
  }

  LedgerStore store() {
    return store;
  }

  Optional<FinishedBatch> finished(long batch) {
    return end(batch)
        .filter(end -> end.kind() == BatchEnd.Kind.DONE)
        .map(end -> new FinishedBatch(intent(batch).orElseThrow(), end));
  }

  private void create(Path path, Object value) {
    if (!store.create(path, LedgerJson.bytes(value))) {
      throw new AssayException(
          ExitCode.FAILURE,
          "two writers met on %s: %s exists already. One writer per table: stop the other one, then run again"
              .formatted(table, path));
    }
  }
}
