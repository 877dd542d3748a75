package io.assay.app.run;

import io.assay.app.plan.Plan;
import io.assay.app.plan.PlannedJob;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.job.Backoff;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobExecution;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * One execution of a plan: every job after those it reads from, independent ones at once. A job
 * that fails or is held blocks what reads from it, and nothing else.
 */
public final class PlanRun {
  private final Plan plan;
  private final Map<TableName, Job> jobs = new HashMap<>();
  private final JobContext context;
  private final RunListener listener;
  private final Map<TableName, PlannedJob> waiting = new LinkedHashMap<>();
  private final Map<TableName, JobReport> reports = new HashMap<>();
  private Backoff backoff = Backoff.NONE;

  /**
   * A run that has not begun.
   *
   * @param jobs makes the job that fills a table
   * @param context what jobs are given, each with a session of its own over the same Spark
   */
  public PlanRun(
      Plan plan, Function<TableName, Job> jobs, JobContext context, RunListener listener) {
    this.plan = plan;
    this.context = context;
    this.listener = listener;
    for (PlannedJob job : plan.jobs()) {
      waiting.put(job.table(), job);
      this.jobs.put(job.table(), jobs.apply(job.table()));
    }
  }

  /**
   * Runs it to its end.
   *
   * @param parallel how many jobs at once, at least 1
   * @return a report for each job, in the plan's order
   */
  public List<JobReport> execute(int parallel) {
    return execute(parallel, Backoff.NONE);
  }

  /**
   * Runs it to its end.
   *
   * @param parallel how many jobs at once, at least 1
   * @param backoff when a job is tried again whose source does not answer; it keeps its place
   * @return a report for each job, in the plan's order
   */
  public List<JobReport> execute(int parallel, Backoff backoff) {
    this.backoff = backoff;
    ExecutorService pool = Executors.newFixedThreadPool(parallel, PlanRun::thread);
    CompletionService<JobReport> done = new ExecutorCompletionService<>(pool);
    try {
      int running = start(done);
      while (running > 0) {
        finish(done.take().get());
        running += start(done) - 1;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the run was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return plan.jobs().stream().map(job -> reports.get(job.table())).toList();
  }

  /** Starts or blocks all that wait for nothing any more; says how many were started. */
  private int start(CompletionService<JobReport> done) {
    int started = 0;
    for (PlannedJob job : new ArrayList<>(waiting.values())) {
      if (!reports.keySet().containsAll(job.upstream())) {
        continue;
      }
      waiting.remove(job.table());
      Optional<TableName> obstacle = obstacle(job);
      if (obstacle.isPresent()) {
        BatchResult blocked = new JobExecution(context).blocked(job.table(), obstacle.get());
        finish(new JobReport(blocked, Duration.ZERO));
      } else {
        listener.started(job.table());
        done.submit(() -> run(job.table()));
        started++;
      }
    }
    return started;
  }

  private Optional<TableName> obstacle(PlannedJob job) {
    return job.upstream().stream().filter(table -> obstructs(reports.get(table))).findFirst();
  }

  private static boolean obstructs(JobReport report) {
    Outcome outcome = report.result().outcome();
    return outcome != Outcome.SUCCEEDED && outcome != Outcome.UNCHANGED;
  }

  private JobReport run(TableName table) {
    SparkSession session = context.spark().newSession();
    SparkSession.setActiveSession(session);
    return JobReport.of(jobs.get(table), context.in(session), backoff);
  }

  private void finish(JobReport report) {
    reports.put(report.result().table(), report);
    listener.finished(report);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "assay-job");
    thread.setDaemon(true);
    return thread;
  }
}
