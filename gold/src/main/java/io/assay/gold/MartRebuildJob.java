package io.assay.gold;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.config.Mart;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes all of a mart from its inputs as they are now, whether they have changed or not, in one
 * batch that begins a new epoch. Of a mart of windows those that were closed are made anew, with
 * every event that is there by now.
 */
public final class MartRebuildJob implements Job {
  private final Mart mart;

  public MartRebuildJob(Mart mart) {
    this.mart = mart;
  }

  @Override
  public TableName table() {
    return TableName.gold(mart.name());
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException with exit code 3 if a rule would hold the rows, with 4 if the query does
   *     not fit its tables or the contract, with 1 if there is no mart yet, or no input any more
   */
  @Override
  public BatchResult run(JobContext context) {
    MartInputs inputs = new MartInputs(context, mart);
    return context
        .protocol()
        .replace(
            MartJob.work(context, mart),
            ledger -> {
              requireDone(ledger);
              return Optional.of(inputs.since(Optional.empty()));
            });
  }

  /**
   * Compares the mart with what its query gives over the inputs that it is made of, while nobody
   * writes it, and changes nothing.
   *
   * @param limit how many differing rows to tell
   * @return empty if nothing is published since it was to be made anew: a batch is held, was
   *     rejected or was cut off
   * @throws AssayException with exit code 1 if there is no mart yet, or a batch of it is half done
   */
  public Optional<MartProof.Result> rehearse(JobContext context, int limit) {
    return context
        .protocol()
        .inspect(
            MartJob.work(context, mart),
            ledger -> {
              requireDone(ledger);
              return new MartProof(context.spark(), context.project().warehouse())
                  .compare(mart, OptionalInt.empty(), limit);
            });
  }

  private void requireDone(BatchLedger ledger) {
    if (ledger.lastDone().isEmpty()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s has no batch yet, so there is nothing to rebuild: run it first (assay run %s)"
              .formatted(table(), table()));
    }
  }
}
