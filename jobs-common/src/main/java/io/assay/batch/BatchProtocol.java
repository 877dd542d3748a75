package io.assay.batch;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Carries out batches, exactly once, whatever the layer. Under the table's lease, batch by batch:
 *
 * <pre>
 *   INTENT → stage → judge → the batch's own steps, one Delta commit each → STATES → METRICS → DONE
 * </pre>
 *
 * An intent without an end is recovered first: if any of its steps was committed it is rolled
 * forward, with the intent's own configuration; else its number is given up. A held batch stays
 * first in line, over the same range, until its configuration changes or a person decides.
 */
public final class BatchProtocol {
  /** How often it is asked whether a table is free. */
  public static final Duration LEASE_POLL = Duration.ofMillis(50);

  final SparkSession spark;
  final Warehouse warehouse;
  final String pipeline;
  final Clock clock;
  final String runId;
  final CommitSeam seam;
  final Decision decision;
  final Pace pace;

  /**
   * @param pipeline the project's name, part of every transaction's identity
   * @param runId names the run in the ledger
   * @param decision what a person decided about the held batch; {@link Decision#NONE} if nothing
   * @param pace when it ends before all is done, and how long it waits for a table
   */
  public BatchProtocol(
      SparkSession spark,
      Warehouse warehouse,
      String pipeline,
      Clock clock,
      String runId,
      CommitSeam seam,
      Decision decision,
      Pace pace) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.pipeline = pipeline;
    this.clock = clock;
    this.runId = runId;
    this.seam = seam;
    this.decision = decision;
    this.pace = pace;
  }

  /** As above, for a run that does all there is and waits for nobody. */
  public BatchProtocol(
      SparkSession spark,
      Warehouse warehouse,
      String pipeline,
      Clock clock,
      String runId,
      CommitSeam seam,
      Decision decision) {
    this(spark, warehouse, pipeline, clock, runId, seam, decision, Pace.STEADY);
  }

  /**
   * Does the work that is pending, batch by batch, under the table's lease: all of it, unless the
   * {@link Pace} says to stop between two batches.
   *
   * @throws AssayException with exit code 5 if another run is writing the table, with 2 if a
   *     decision was given and nothing is held
   */
  public BatchResult run(BatchWork work) {
    BatchLedger ledger = ledger(work.table());
    try (Lease lease = lease(ledger, work.table())) {
      return new BatchRun(this, work, ledger.leased(), lease).run();
    }
  }

  /**
   * Makes a table anew, in one batch that begins a new epoch, under the table's lease. A batch that
   * was interrupted is completed first.
   *
   * @param prepare what the batch reads, from the table's ledger; empty if nothing is to be done
   * @throws AssayException with exit code 5 if another run is writing the table, with 3 if the
   *     batch would be held: it is given up
   */
  public BatchResult replace(BatchWork work, Function<BatchLedger, Optional<BatchInput>> prepare) {
    BatchLedger ledger = ledger(work.table());
    try (Lease lease = lease(ledger, work.table())) {
      return new BatchRun(this, work, ledger.leased(), lease).replace(prepare);
    }
  }

  /**
   * Takes rows from quarantine once more, batch by batch, under the table's lease. A batch that was
   * interrupted is completed first; one that is held stays first in line, over the same range.
   *
   * @param prepare what the batches read, from the table's ledger; empty if nothing is to be done
   * @throws AssayException with exit code 5 if another run is writing the table, with 3 if a batch
   *     would be held: it is given up, and those before it are done
   */
  public BatchResult replay(
      BatchWork work, Function<BatchLedger, List<BatchInput.Quarantined>> prepare) {
    BatchLedger ledger = ledger(work.table());
    try (Lease lease = lease(ledger, work.table())) {
      return new BatchRun(this, work, ledger.leased(), lease).replay(prepare);
    }
  }

  /**
   * Looks at a table while nobody writes it.
   *
   * @throws AssayException with exit code 5 if another run is writing the table, with 1 if a batch
   *     of it is half done
   */
  public <T> T inspect(BatchWork work, Function<BatchLedger, T> look) {
    BatchLedger ledger = ledger(work.table());
    try (Lease lease = lease(ledger, work.table())) {
      if (new BatchRun(this, work, ledger.leased(), lease).halfDone()) {
        throw new AssayException(
            ExitCode.FAILURE,
            "a batch of %s was interrupted between its commits: complete it first with assay run %s"
                .formatted(work.table(), work.table()));
      }
      return look.apply(ledger);
    }
  }

  /** Another run lets go of a table between its jobs, so whoever waits gets it in the end. */
  private Lease lease(BatchLedger ledger, TableName table) {
    long start = System.nanoTime();
    while (true) {
      try {
        return Lease.acquire(ledger, table, runId, clock);
      } catch (LeaseHeldException held) {
        if (System.nanoTime() - start >= pace.leasePatience().toNanos()) {
          throw held;
        }
      }
      try {
        Thread.sleep(LEASE_POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + table, e);
      }
    }
  }

  private BatchLedger ledger(TableName table) {
    return BatchLedger.of(spark, warehouse, table);
  }

  AssayException turnedDown(Intent intent, Verdict verdict) {
    String holds =
        verdict.holds().stream()
            .map(hold -> hold.rule() + ": " + hold.message())
            .collect(Collectors.joining("; "));
    String given =
        intent.input() instanceof BatchInput.Quarantined
            ? "the replay of %s was given up in batch %d, whose rows stay in quarantine"
                .formatted(intent.table(), intent.batch())
            : "the rebuild of %s was given up, and nothing of it was changed"
                .formatted(intent.table());
    return new AssayException(
        ExitCode.QUALITY,
        "%s (%s): change the rule, or let them through with --accept RULE --reason TEXT"
            .formatted(given, holds));
  }

  AssayException nothingHeld(TableName table) {
    return new AssayException(
        ExitCode.USAGE,
        "no batch of "
            + table
            + " is held, so there is nothing to accept or reject (see assay status)");
  }
}
