package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write one table. A lease is a numbered file; taking one creates the next number,
 * which the store lets only one writer do, and then looks whether any other is alive. Where the
 * store lets several, as S3 does, each has a name of its own, and whoever sees another's steps
 * back: since each looks after it has written, of two at least one sees the other.
 *
 * <p>A lease is dead when its process is gone (same machine), or when it was not written again for
 * {@link #PATIENCE} (elsewhere). That age is a difference of two times of the store, so no clock
 * but the store's decides. Dead ones are passed over and removed.
 *
 * <p>A holder measures its own silence, too, and gives up before anybody could take it for dead: so
 * it needs no answer of the store to know that the lease is lost.
 */
public final class Lease implements AutoCloseable {
  /** How long a writer elsewhere may be silent before it counts as dead. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** After this silence a holder never goes on. */
  static final Duration TERM = PATIENCE.minusMinutes(1);

  /**
   * No commit begins after a longer silence. What is left of {@link #PATIENCE} is more than a
   * request to a store takes with all its retries.
   */
  static final Duration FRESH = Duration.ofSeconds(90);

  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private static final int DIGITS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final LedgerStore store;
  private final String what;
  private final Path path;
  private final byte[] content;
  private final Clock clock;
  private final ScheduledExecutorService heartbeat;
  private Moment written;
  private boolean lost;
  private volatile boolean closing;

  private Lease(
      LedgerStore store, String what, Path path, byte[] content, Clock clock, Moment written) {
    this.store = store;
    this.what = what;
    this.path = path;
    this.content = content;
    this.clock = clock;
    this.written = written;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "assay-lease");
              thread.setDaemon(true);
              return thread;
            });
    heartbeat.scheduleAtFixedRate(
        this::beat, HEARTBEAT.toSeconds(), HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Takes a table's lease.
   *
   * @throws LeaseHeldException if another writer has it
   */
  static Lease acquire(BatchLedger ledger, TableName table, String runId, Clock clock) {
    return acquire(
        ledger.store(), new Path(ledger.root(), "leases"), table.toString(), runId, clock);
  }

  /**
   * Takes the lease of tables that every run appends to.
   *
   * @param tables what they are, for people
   * @return empty if the store itself decides between two commits of Delta, so that none is needed
   * @throws AssayException with exit code 5 if another writer has it
   */
  public static Optional<Lease> ofShared(
      Path folder, String tables, Configuration configuration, String runId, Clock clock) {
    LedgerStore store = new LedgerStore(folder, configuration);
    return store.atomic()
        ? Optional.empty()
        : Optional.of(acquire(store, folder, tables, runId, clock));
  }

  private static Lease acquire(
      LedgerStore store, Path folder, String what, String runId, Clock clock) {
    List<FileStatus> before = store.statuses(folder);
    refuseIfAny(before, status -> seemsAlive(store, status, clock), what);
    long next = before.stream().mapToLong(Lease::number).max().orElse(0) + 1;
    String own = store.atomic() ? "" : "-" + UUID.randomUUID();
    Path mine = new Path(folder, "%010d%s.json".formatted(next, own));
    byte[] content = LedgerJson.bytes(LeaseHolder.here(runId, clock.instant()));
    Moment written = Moment.now(clock);
    if (!store.create(mine, content)) {
      throw held(what, "another run that started at the same moment");
    }
    Lease lease = new Lease(store, what, mine, content, clock, written);
    try {
      List<FileStatus> all = store.statuses(folder);
      long now =
          all.stream()
              .filter(lease::names)
              .findFirst()
              .orElseThrow(lease::gone)
              .getModificationTime();
      List<FileStatus> others = all.stream().filter(status -> !lease.names(status)).toList();
      refuseIfAny(others, status -> alive(store, status, now), what);
      others.stream()
          .filter(status -> number(status) < next)
          .forEach(dead -> store.delete(dead.getPath()));
      return lease;
    } catch (AssayException | UncheckedIOException e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Makes sure that the lease is held, and will be while a commit is under way that begins now.
   *
   * @throws AssayException if another writer took this one for dead, or may do so before long
   */
  public void confirm() {
    if (!own()) {
      lose();
    }
    if (silence().compareTo(FRESH) > 0) {
      renew();
    }
    if (isLost()) {
      throw gone();
    }
    if (silence().compareTo(FRESH) > 0) {
      throw new AssayException(
          ExitCode.UNAVAILABLE,
          "%s: the store was too slow to keep the lease %s; nothing more was committed. Check the store, then run again"
              .formatted(what, path));
    }
  }

  private AssayException gone() {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "%s: this run was silent for so long that its lease %s was lost, and another run may be writing; nothing more was committed. Run again"
            .formatted(what, path));
  }

  private void beat() {
    try {
      renew();
    } catch (UncheckedIOException e) {
      // The store may answer again in a minute; if it does not, the commits fail too.
      LOG.warn("cannot write the lease {} again", path, e);
    }
  }

  /**
   * Writes it again. A writer that halts between the look and the writing may bring a lease back
   * that was removed; so what took too long is lost whatever the store says.
   */
  private synchronized void renew() {
    if (closing || lost) {
      return;
    }
    if (own() && silence().compareTo(TERM) < 0) {
      Moment start = Moment.now(clock);
      store.replace(path, content);
      if (silence().compareTo(TERM) < 0) {
        written = start;
        return;
      }
    }
    lost = true;
  }

  private synchronized void lose() {
    lost = true;
  }

  private synchronized boolean isLost() {
    return lost;
  }

  private synchronized Duration silence() {
    return written.until(Moment.now(clock));
  }

  /** Whether it is still there; where names come again, another's may lie in its place. */
  private boolean own() {
    return store.atomic()
        ? store.read(path).filter(found -> Arrays.equals(found, content)).isPresent()
        : store.exists(path);
  }

  private boolean names(FileStatus status) {
    return status.getPath().getName().equals(path.getName());
  }

  /**
   * Gives it back; if the store does not answer, as soon as it does. Until then this process, if it
   * lives on, is refused the table, too.
   */
  @Override
  public void close() {
    closing = true;
    if (!given()) {
      heartbeat.scheduleWithFixedDelay(this::given, 1, 5, TimeUnit.SECONDS);
    }
  }

  private synchronized boolean given() {
    try {
      if (!store.atomic() || own()) {
        store.delete(path);
      }
      heartbeat.shutdownNow();
      return true;
    } catch (UncheckedIOException e) {
      LOG.warn("cannot remove the lease {} yet", path, e);
      return false;
    }
  }

  private static void refuseIfAny(
      List<FileStatus> leases, Predicate<FileStatus> alive, String what) {
    leases.stream()
        .filter(alive)
        .findFirst()
        .ifPresent(
            lease -> {
              throw held(what, lease.getPath().toString());
            });
  }

  private static LeaseHeldException held(String what, String by) {
    return new LeaseHeldException(
        what
            + " is being written by another run ("
            + by
            + "). Wait for it to end, then run again; the file names its host and process");
  }

  /**
   * By this machine's clock, which may be wrong: only to spare the writer a look at a lease beside
   * its own. Who is taken for dead here is looked at again by the store's clock.
   */
  private static boolean seemsAlive(LedgerStore store, FileStatus status, Clock clock) {
    long age = clock.millis() - status.getModificationTime();
    return age > -PATIENCE.toMillis() && alive(store, status, clock.millis());
  }

  private static boolean alive(LedgerStore store, FileStatus status, long now) {
    return store
        .read(status)
        .map(bytes -> LedgerJson.read(bytes, LeaseHolder.class))
        .map(
            holder ->
                holder.alive().orElse(now - status.getModificationTime() < PATIENCE.toMillis()))
        .orElse(false);
  }

  private static long number(FileStatus status) {
    return Long.parseLong(status.getPath().getName().substring(0, DIGITS));
  }
}
