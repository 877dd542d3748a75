package io.assay.app.stream;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.batch.Pace;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobExecution;
import io.assay.job.JobReport;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch into bronze, and one into silver: so bronze never runs away from silver, and a stop is
 * heeded after every batch. What has still to be done then is left to the next pass.
 */
final class JobPass implements Pass {
  private static final Logger LOG = LoggerFactory.getLogger(JobPass.class);
  private static final long NEVER = -2;

  private final Query query;
  private final BiFunction<Project, TableName, Job> jobs;
  private final Supplier<Project> configuration;
  private final Stretch stretch;
  private final Set<TableName> awaited;
  private Project project;
  private boolean held;
  private long cleaned = NEVER;

  /**
   * @param context of the process, with a session for this query alone
   * @param jobs makes the job that fills a table
   * @param configuration reads the project as it is now; a held batch is looked at with that
   */
  JobPass(
      Query query,
      JobContext context,
      BiFunction<Project, TableName, Job> jobs,
      Supplier<Project> configuration) {
    this.query = query;
    this.jobs = jobs;
    this.configuration = configuration;
    this.project = context.project();
    this.stretch = new Stretch(context, project.settings().stream().record());
    this.awaited = new HashSet<>(query.upstream());
  }

  @Override
  public Ended run() {
    Optional<TableName> missing = missing();
    if (missing.isPresent()) {
      return new Ended(
          End.NOT_YET, "waits for the first batch of " + missing.get(), ExitCode.OK, List.of());
    }
    if (held) {
      readConfigurationAgain();
    }
    List<JobReport> reports = new ArrayList<>();
    boolean more = false;
    long landed = NEVER;
    for (TableName table : query.tables()) {
      if (table.layer() == Layer.SILVER && landed != NEVER && landed == cleaned) {
        continue;
      }
      OneBatch one = new OneBatch();
      Attempt attempt = attempt(table, one);
      reports.add(attempt.report());
      BatchResult result = attempt.report().result();
      if (result.outcome() == Outcome.HELD || result.outcome() == Outcome.FAILED) {
        cleaned = NEVER;
        return trouble(result, attempt.busy(), reports);
      }
      more |= one.cutShort;
      if (table.layer() == Layer.BRONZE) {
        landed = result.version().orElse(-1);
      } else {
        held = false;
        cleaned = one.cutShort ? NEVER : landed;
      }
    }
    return new Ended(more ? End.MORE : End.CAUGHT_UP, "", ExitCode.OK, reports);
  }

  /** A table that is read and was never made: the first pass of its own query makes it. */
  private Optional<TableName> missing() {
    awaited.removeIf(
        table ->
            BatchLedger.of(stretch.context().spark(), project.warehouse(), table)
                .lastDone()
                .isPresent());
    return awaited.stream().sorted().findFirst();
  }

  private record Attempt(JobReport report, boolean busy) {}

  private Attempt attempt(TableName table, OneBatch one) {
    JobContext context = stretch.context().with(project, new Pace(one::stop, Duration.ZERO));
    Instant start = context.clock().instant();
    JobExecution.Attempt attempt = new JobExecution(context).attempt(jobs.apply(project, table));
    if (!attempt.busy()) {
      stretch.add(attempt.result());
    }
    Duration took = Duration.between(start, context.clock().instant());
    return new Attempt(new JobReport(attempt.result(), took), attempt.busy());
  }

  private Ended trouble(BatchResult result, boolean busy, List<JobReport> reports) {
    String reason = String.join("; ", result.notes());
    if (busy) {
      reports.remove(reports.size() - 1);
      return new Ended(End.BUSY, reason, result.exitCode(), reports);
    } else if (result.outcome() == Outcome.HELD) {
      boolean before = held;
      held = true;
      if (before) {
        reports.remove(reports.size() - 1);
      }
      return new Ended(End.HELD, reason, result.exitCode(), reports);
    } else if (result.exitCode() == ExitCode.UNAVAILABLE) {
      return new Ended(End.UNAVAILABLE, reason, result.exitCode(), reports);
    }
    return new Ended(End.FAILED, reason, result.exitCode(), reports);
  }

  /** The way out of a held batch may be another rule. What cannot be read changes nothing. */
  private void readConfigurationAgain() {
    try {
      Project now = configuration.get();
      boolean same =
          now.warehouse().root().equals(project.warehouse().root())
              && now.settings().project().equals(project.settings().project());
      if (same && query.tables().stream().allMatch(table -> known(now, table))) {
        project = now;
      }
    } catch (AssayException e) {
      LOG.warn("{} is held, and the project cannot be read: {}", query.name(), e.getMessage());
    }
  }

  private static boolean known(Project now, TableName table) {
    return switch (table.layer()) {
      case GOLD -> now.marts().containsKey(table.name());
      case PUBLISH -> now.publication(table.name()).isPresent();
      default -> now.datasets().containsKey(table.name());
    };
  }

  @Override
  public void close() {
    stretch.end();
  }

  /** Ends a job after one batch, and knows whether that left something to do. */
  private static final class OneBatch {
    private boolean cutShort;

    boolean stop() {
      cutShort = true;
      return true;
    }
  }
}
