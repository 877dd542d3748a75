package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.plan.Plan;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.TestProjects;
import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Backoff;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobExecution;
import io.assay.job.JobReport;
import io.assay.job.Pending;
import io.assay.job.RunId;
import io.assay.ops.OpsTables;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRunTest {
  @TempDir private Path folder;
  private JobContext context;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    context =
        new JobContext(
            TestSpark.session(),
            new TestProjects(folder).project(),
            Clock.systemUTC(),
            "20260101T000000Z-000001",
            CommitSeam.DIRECT,
            Decision.NONE);
  }

  private static PlannedJob job(String table, String... upstream) {
    List<TableName> tables = Arrays.stream(upstream).map(TableName::of).toList();
    return new PlannedJob(
        TableName.of(table),
        tables,
        new Pending.Nothing(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static BatchResult result(TableName table, Outcome outcome, ExitCode exitCode) {
    return new BatchResult(
        table, outcome, Account.EMPTY, OptionalLong.empty(), exitCode, List.of());
  }

  private record TestJob(TableName table, Function<TableName, BatchResult> work) implements Job {
    @Override
    public BatchResult run(JobContext context) {
      return work.apply(table);
    }
  }

  private List<JobReport> execute(Plan plan, Function<TableName, BatchResult> work) {
    return new PlanRun(plan, table -> new TestJob(table, work), context, listener()).execute(2);
  }

  private RunListener listener() {
    return new RunListener() {
      @Override
      public void started(TableName table) {
        told.add("started " + table);
      }

      @Override
      public void finished(JobReport report) {
        told.add(report.result().outcome().label() + " " + report.result().table());
      }
    };
  }

  @Test
  void aFailedOrHeldJobBlocksItsDescendantsAndNothingElse() {
    Plan plan =
        new Plan(
            List.of(
                job("bronze.broken"),
                job("bronze.good"),
                job("silver.broken", "bronze.broken"),
                job("silver.good", "bronze.good"),
                job("silver.held", "bronze.good"),
                job("gold.far", "silver.broken"),
                job("gold.fine", "silver.good"),
                job("gold.waits", "silver.good", "silver.held")));
    List<JobReport> reports =
        execute(
            plan,
            table ->
                switch (table.toString()) {
                  case "bronze.broken" ->
                      throw new AssayException(ExitCode.UNAVAILABLE, "no answer");
                  case "silver.held" -> result(table, Outcome.HELD, ExitCode.QUALITY);
                  default -> result(table, Outcome.SUCCEEDED, ExitCode.OK);
                });

    assertThat(reports.stream().map(r -> r.result().table() + " " + r.result().outcome().label()))
        .containsExactly(
            "bronze.broken failed",
            "bronze.good succeeded",
            "silver.broken blocked",
            "silver.good succeeded",
            "silver.held held",
            "gold.far blocked",
            "gold.fine succeeded",
            "gold.waits blocked");
    assertThat(reports.stream().map(JobReport::exitCode).reduce(ExitCode.OK, ExitCode::orWorse))
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(told).doesNotContain("started silver.broken", "started gold.waits").hasSize(13);
    assertThat(lastOutcomes())
        .containsEntry("gold.waits", Outcome.BLOCKED)
        .containsEntry("bronze.broken", Outcome.FAILED)
        .containsEntry("gold.fine", Outcome.SUCCEEDED);
  }

  @Test
  void aSourceThatDoesNotAnswerIsAskedAgainAndNothingElseIsTriedAgain() {
    Map<String, Integer> tries = new ConcurrentHashMap<>();
    Plan plan =
        new Plan(
            List.of(
                job("bronze.slow"),
                job("bronze.gone"),
                job("bronze.wrong"),
                job("silver.held"),
                job("silver.slow", "bronze.slow")));
    Backoff twice = new Backoff(2, Duration.ofMillis(1), Duration.ofMillis(2));
    List<JobReport> reports =
        new PlanRun(
                plan,
                table ->
                    new TestJob(
                        table, job -> stubborn(job, tries.merge(job.toString(), 1, Integer::sum))),
                context,
                listener())
            .execute(2, twice);

    assertThat(tries)
        .containsOnly(
            Map.entry("bronze.slow", 3),
            Map.entry("bronze.gone", 3),
            Map.entry("bronze.wrong", 1),
            Map.entry("silver.held", 1),
            Map.entry("silver.slow", 1));
    assertThat(reports.stream().map(report -> report.result().outcome().label()))
        .containsExactly("succeeded", "failed", "failed", "held", "succeeded");
    assertThat(reports.stream().map(JobReport::exitCode))
        .containsExactly(
            ExitCode.OK, ExitCode.UNAVAILABLE, ExitCode.FAILURE, ExitCode.QUALITY, ExitCode.OK);
    assertThat(lastOutcomes()).containsEntry("bronze.slow", Outcome.SUCCEEDED);
  }

  private static BatchResult stubborn(TableName table, int attempt) {
    return switch (table.toString()) {
      case "bronze.gone" -> throw new AssayException(ExitCode.UNAVAILABLE, "no answer");
      case "bronze.wrong" -> throw new AssayException(ExitCode.FAILURE, "wrong password");
      case "silver.held" -> result(table, Outcome.HELD, ExitCode.QUALITY);
      default -> {
        if (table.equals(TableName.bronze("slow")) && attempt < 3) {
          throw new AssayException(ExitCode.UNAVAILABLE, "no answer yet");
        }
        yield result(table, Outcome.SUCCEEDED, ExitCode.OK);
      }
    };
  }

  @Test
  void whateverAJobThrowsItIsRecordedAndTheOthersGoOn() {
    Plan plan = new Plan(List.of(job("bronze.a"), job("bronze.b"), job("silver.a", "bronze.a")));
    execute(
        plan,
        table -> {
          if (table.name().equals("a")) {
            throw PlanRunTest.<RuntimeException>undeclared(new SparkException("a task failed"));
          }
          return result(table, Outcome.SUCCEEDED, ExitCode.OK);
        });
    assertThat(lastOutcomes())
        .containsEntry("bronze.a", Outcome.FAILED)
        .containsEntry("bronze.b", Outcome.SUCCEEDED)
        .containsEntry("silver.a", Outcome.BLOCKED);
  }

  @Test
  void everyRunIsToldHoweverLateItEndsAndWhateverTheClockSays() {
    BatchResult done = result(TableName.of("bronze.a"), Outcome.SUCCEEDED, ExitCode.OK);
    OpsTables ops = new OpsTables(context.spark(), context.project().warehouse());
    Clock back = Clock.fixed(Instant.parse("2025-11-30T00:00:00Z"), ZoneOffset.UTC);
    new JobExecution(context.in("20260101T000002Z-000001")).record(done);
    ops.refresh();
    new JobExecution(context).record(done);
    ops.refresh();
    String newest = RunId.next(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    new JobExecution(context.in(newest)).record(done);
    ops.refresh();
    JobContext setBack =
        new JobContext(
            context.spark(),
            context.project(),
            back,
            RunId.next(back),
            CommitSeam.DIRECT,
            Decision.NONE);
    new JobExecution(setBack).record(done);
    ops.refresh();
    new JobExecution(setBack).record(done);
    ops.refresh();

    assertThat(new TableLog(context.spark(), context.project().warehouse(), OpsTables.RUNS).rows())
        .isEqualTo(5);
  }

  /** As Scala throws: it declares no exception. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E undeclared(Exception thrown) throws E {
    throw (E) thrown;
  }

  private Map<String, Outcome> lastOutcomes() {
    var configuration = context.spark().sessionState().newHadoopConf();
    var warehouse = context.project().warehouse();
    Map<String, Outcome> outcomes = new java.util.TreeMap<>();
    for (TableName table : BatchLedger.tables(warehouse, configuration)) {
      new BatchLedger(warehouse, table, configuration)
          .runs()
          .last()
          .ifPresent(run -> outcomes.put(table.toString(), run.outcome()));
    }
    return outcomes;
  }

  @Test
  void independentJobsRunAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    Plan plan = new Plan(List.of(job("bronze.a"), job("bronze.b")));
    List<JobReport> reports =
        execute(
            plan,
            table -> {
              both.countDown();
              try {
                boolean met = both.await(20, TimeUnit.SECONDS);
                return result(table, met ? Outcome.SUCCEEDED : Outcome.FAILED, ExitCode.OK);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(reports)
        .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.SUCCEEDED));
  }
}
