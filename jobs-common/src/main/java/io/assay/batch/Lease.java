package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The right to write one table. A lease is a numbered file; taking one creates the next number,
 * which the store lets only one writer do, and then looks whether any other is alive. A lease is
 * dead when its process is gone (same host), or when it was not touched for {@link #PATIENCE}
 * (another host). Dead ones are passed over and removed.
 */
final class Lease implements AutoCloseable {
  /** How long a writer on another host may be silent before it counts as dead. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A process's start is told against the boot time, which moves when the clock is set. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private record Holder(String runId, String host, long pid, Instant processStart, Instant since) {}

  private final LedgerStore store;
  private final Path path;
  private final ScheduledExecutorService heartbeat;

  private Lease(LedgerStore store, Path path, Clock clock) {
    this.store = store;
    this.path = path;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "assay-lease");
              thread.setDaemon(true);
              return thread;
            });
    heartbeat.scheduleAtFixedRate(
        () -> store.touch(path, clock.millis()),
        HEARTBEAT.toSeconds(),
        HEARTBEAT.toSeconds(),
        TimeUnit.SECONDS);
  }

  /**
   * Takes the lease.
   *
   * @throws AssayException with exit code 5 if another writer has it
   */
  static Lease acquire(BatchLedger ledger, TableName table, String runId, Clock clock) {
    LedgerStore store = ledger.store();
    Path folder = new Path(ledger.root(), "leases");
    refuseIfHeld(living(store, folder, clock), table);
    long next = store.names(folder).stream().mapToLong(Lease::number).max().orElse(0) + 1;
    Path mine = new Path(folder, "%010d.json".formatted(next));
    Holder holder = me(runId, clock.instant());
    if (!store.create(mine, LedgerJson.bytes(holder))) {
      throw held(table, "another run that started at the same moment");
    }
    List<FileStatus> others =
        living(store, folder, clock).stream()
            .filter(status -> !status.getPath().getName().equals(mine.getName()))
            .toList();
    if (!others.isEmpty()) {
      store.delete(mine);
      refuseIfHeld(others, table);
    }
    removeDead(store, folder, mine);
    return new Lease(store, mine, clock);
  }

  @Override
  public void close() {
    heartbeat.shutdownNow();
    store.delete(path);
  }

  private static void refuseIfHeld(List<FileStatus> living, TableName table) {
    if (!living.isEmpty()) {
      throw held(table, living.get(0).getPath().toString());
    }
  }

  private static AssayException held(TableName table, String by) {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        table
            + " is being written by another run ("
            + by
            + "). Wait for it to end, then run again; the file names its host and process");
  }

  private static List<FileStatus> living(LedgerStore store, Path folder, Clock clock) {
    return store.statuses(folder).stream().filter(status -> alive(store, status, clock)).toList();
  }

  private static boolean alive(LedgerStore store, FileStatus status, Clock clock) {
    Optional<Holder> holder =
        store.read(status.getPath()).map(bytes -> LedgerJson.read(bytes, Holder.class));
    if (holder.isEmpty()) {
      return false;
    }
    if (holder.get().host().equals(host())) {
      return ProcessHandle.of(holder.get().pid())
          .filter(ProcessHandle::isAlive)
          .map(process -> sameStart(start(process), holder.get().processStart()))
          .orElse(false);
    }
    return clock.millis() - status.getModificationTime() < PATIENCE.toMillis();
  }

  private static boolean sameStart(Instant now, Instant told) {
    return Duration.between(now, told).abs().compareTo(START_TOLERANCE) < 0;
  }

  private static void removeDead(LedgerStore store, Path folder, Path mine) {
    store.statuses(folder).stream()
        .map(FileStatus::getPath)
        .filter(path -> number(path.getName()) < number(mine.getName()))
        .forEach(store::delete);
  }

  private static Holder me(String runId, Instant now) {
    ProcessHandle process = ProcessHandle.current();
    return new Holder(runId, host(), process.pid(), start(process), now);
  }

  private static Instant start(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
