package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.job.ProcessExit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a run when S3 fails: an exit code that tells what to do, within a bounded time.
 */
class S3FaultsTest {
  private static final int NOBODY = 1;

  @TempDir private static Path shared;
  @TempDir private Path temporary;
  private static S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(shared);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProjectThatCannotBeReadIsToldByWhatIsWrongWithTheStore() throws Exception {
    server.createBucket("locked");
    fails(
        S3Project.in(temporary.resolve("locked"), "locked", with("fs.s3a.secret.key", "wrong"))
            ::load,
        ExitCode.FAILURE,
        "the store refuses us");
    fails(
        S3Project.in(temporary.resolve("no"), "no-such-bucket", server.options())::load,
        ExitCode.CONFIGURATION,
        "there is no such store");
    Instant start = Instant.now();
    fails(
        S3Project.in(temporary.resolve("absent"), "absent", S3Server.options(NOBODY))::load,
        ExitCode.UNAVAILABLE,
        "the store does not answer");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aSourceOnS3ThatFailsEndsItsJobAndAnEmptyFolderIsNoFailure() throws Exception {
    server.createBucket("sources");
    server.createBucket("sources-inbox");
    S3Project s3 =
        S3Project.in(temporary.resolve("sent"), "sources", with("fs.s3a.retry.interval", "20ms"));
    s3.send();
    Map<String, String> environment = s3.environment();
    String key = "FS_S3A_SECRET_KEY";
    String endpoint = "FS_S3A_ENDPOINT";
    fails(() -> land(s3, environment, key, "wrong"), ExitCode.FAILURE, "the store refuses us");
    fails(
        () -> land(s3, environment, endpoint, "http://127.0.0.1:" + NOBODY),
        ExitCode.UNAVAILABLE,
        "the store does not answer");
    fails(
        () -> land(s3, environment, "warehouse", "connections.landing.store.root=s3a://nothing/x"),
        ExitCode.CONFIGURATION,
        "there is no such store");
    assertThat(land(s3, environment, "warehouse", "connections.landing.store.root=s3a://sources/x"))
        .singleElement()
        .satisfies(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
    assertThat(land(s3, environment, key, environment.get(key)))
        .singleElement()
        .satisfies(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.SUCCEEDED));
  }

  @Test
  void aStoreThatStopsAnsweringInARunEndsItAndTheNextRunGoesOn() throws Exception {
    try (S3Relay relay = S3Relay.before(server)) {
      server.createBucket("tired");
      server.createBucket("tired-inbox");
      Map<String, String> options = new HashMap<>(S3Server.options(relay.port()));
      options.put("fs.s3a.retry.throttle.limit", "2");
      options.put("fs.s3a.retry.throttle.interval", "50ms");
      S3Project s3 = S3Project.in(temporary.resolve("sent"), "tired", options);
      s3.send();
      Project project = s3.load();
      relay.refuse(number -> number > 60);
      Instant start = Instant.now();
      fails(() -> run(project), ExitCode.UNAVAILABLE, "the store does not answer");
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
      relay.refuse(number -> false);
      // The lease could not be given back; it is once the store answers, within seconds.
      List<JobReport> again = run(project);
      for (int i = 0; i < 30 && again.get(0).exitCode() == ExitCode.UNAVAILABLE; i++) {
        Thread.sleep(1000);
        again = run(project);
      }
      assertThat(again)
          .singleElement()
          .satisfies(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.SUCCEEDED));
    }
  }

  private static List<JobReport> run(Project project) {
    return KilledProject.run(project, CommitSeam.DIRECT, job -> true, "bronze.events");
  }

  /** Lands a table with one thing changed: a variable, or a setting of the project. */
  private static List<JobReport> land(
      S3Project s3, Map<String, String> environment, String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    List<String> sets = List.of();
    if (name.equals("warehouse")) {
      sets = List.of(value);
    } else {
      changed.put(name, value);
    }
    return run(s3.load(sets, changed));
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> options = new HashMap<>(server.options());
    options.put(key, value);
    return options;
  }

  private static void fails(ThrowingCallable work, ExitCode exitCode, String message) {
    Throwable failure = catchThrowable(work);
    assertThat(failure).isNotNull();
    assertThat(ProcessExit.message(failure)).contains(message).doesNotContain("s3cret-of-assay");
    assertThat(ProcessExit.exitCode(failure)).isEqualTo(exitCode);
  }
}
