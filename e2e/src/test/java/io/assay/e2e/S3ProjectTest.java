package io.assay.e2e;

import static io.assay.e2e.ProjectRun.assertSucceeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.FaultInjection;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.e2e.AssayProcess.ClassArchive;
import io.assay.e2e.AssayProcess.Ended;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.silver.ReplayJob;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole project on a real server of S3: project, sources and warehouse. */
@Tag("all")
class S3ProjectTest {
  /** It takes some 350; who adds many should know. */
  private static final int MOST_REQUESTS = 365;

  private static final Executor THREADS = task -> new Thread(task, "process").start();

  @TempDir private Path temporary;

  @Test
  void aProjectOnS3MakesTheTablesOfALocalOneWhateverHappensToItOnTheWay() throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.laterDays();
    KilledProject.run(reference, job -> true);
    Map<String, List<String>> expected = KilledProject.tables(reference);

    try (S3Server server = S3Server.start(temporary.resolve("server"));
        S3Relay relay = S3Relay.before(server)) {
      server.createBucket("whole");
      server.createBucket("whole-inbox");
      S3Project s3 = S3Project.in(temporary.resolve("sent"), "whole", options(relay));
      s3.send();

      // The store asks for patience now and then, and once from everybody for a while.
      relay.refuse(number -> number % 20 == 0 || number > 300 && number <= 306);
      assertSucceeded(run(s3.load()));
      assertThat(relay.refused()).isGreaterThan(30);

      List<String> commits = s3.commits();
      relay.refuse(number -> false);
      assertThat(run(s3.load()))
          .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
      assertThat(relay.requests()).as("" + relay.counts()).isLessThan(MOST_REQUESTS);
      assertThat(s3.commits()).isEqualTo(commits);

      s3.local().laterDays();
      s3.send();
      isKilledOnAnotherMachineAndTheTableGivenFree(s3);
      assertThat(run(s3.load()))
          .allSatisfy(report -> assertThat(report.exitCode()).isEqualTo(ExitCode.OK));
      CompletableFuture<Ended> told = started(s3, Map.of(), "status");
      assertThat(tables(s3)).isEqualTo(expected);

      Ended status = told.join();
      assertThat(status.status()).as(status.text()).isZero();
      assertThat(status.text()).containsPattern("silver.customers +succeeded ");
      assertThat(replay(s3).outcome()).isIn(Outcome.SUCCEEDED, Outcome.UNCHANGED);
      assertThat(new ProjectRun(TestSpark.session(), s3.load()).discrepancies()).isEmpty();
    }
  }

  /** Of the store as it is, but that "slow down" is obeyed for no longer than a test can wait. */
  private static Map<String, String> options(S3Relay relay) {
    Map<String, String> options = new HashMap<>(S3Server.options(relay.port()));
    options.put("fs.s3a.retry.throttle.interval", "50ms");
    return options;
  }

  /** As it would be if a whole machine went down: nobody can tell whether the process lives. */
  private static void isKilledOnAnotherMachineAndTheTableGivenFree(S3Project s3)
      throws IOException {
    Ended halted =
        started(
                s3,
                Map.of(FaultInjection.CRASH_AT, "silver.customers/HISTORY:after"),
                "run",
                "+silver.customers",
                "--parallel",
                "1")
            .join();
    assertThat(halted.status()).as(halted.text()).isEqualTo(FaultInjection.HALTED);
    assertThat(KilledProject.run(s3.load(), CommitSeam.DIRECT, job -> true, "silver.customers"))
        .singleElement()
        .satisfies(report -> assertThat(report.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .satisfies(report -> assertThat(report.text()).contains("is being written by another run"));
    s3.removeLeases("silver.customers");
  }

  private static BatchResult replay(S3Project s3) {
    Project project = s3.load();
    Clock clock = Clock.systemUTC();
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            clock,
            RunId.next(clock),
            CommitSeam.DIRECT,
            Decision.NONE);
    return new ReplayJob(project.datasets().get("events"), Filter.ALL).run(context);
  }

  private static CompletableFuture<Ended> started(
      S3Project s3, Map<String, String> environment, String... words) {
    Map<String, String> all = new HashMap<>(s3.environment());
    all.putAll(environment);
    List<String> options = new ArrayList<>(s3.javaOptions());
    options.add("-Duser.name=of-another-machine");
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            options.addAll(List.of("-cp", AssayProcess.classPath() + ":" + S3Server.client()));
            return AssayProcess.run(
                s3.local(), all, ClassArchive.none(), options, s3.location(), words);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        THREADS);
  }

  private static List<JobReport> run(Project project) {
    return KilledProject.run(project, CommitSeam.DIRECT, job -> true);
  }

  private static Map<String, List<String>> tables(S3Project s3) throws IOException {
    Map<String, List<String>> tables = KilledProject.tables(s3.load(), "");
    tables.replaceAll(
        (table, rows) ->
            rows.stream().map(row -> row.replace("s3a://" + s3.inbox(), "file:")).toList());
    return tables;
  }
}
