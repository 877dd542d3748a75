package io.assay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.app.run.ProjectJobs;
import io.assay.app.run.ProjectsOnDisk;
import io.assay.app.stream.QueryStatus.State;
import io.assay.batch.BatchLedger;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream in this process, over files. */
class StreamRunTest {
  private static final StreamListener NOBODY =
      new StreamListener() {
        @Override
        public void did(JobReport report) {}

        @Override
        public void changed(QueryStatus status) {}
      };

  @TempDir private Path folder;
  private ProjectsOnDisk disk;
  private StreamRun run;

  @BeforeEach
  void write() {
    disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\nstream: {record: 1s}\n");
    for (String dataset : List.of("events", "orders", "rest")) {
      disk.write("shop/landing/" + dataset + "/1.csv", "id\n1\n2\n3\n");
      disk.contract("shop/datasets/" + dataset, "id integer");
      pipeline(dataset, dataset.equals("rest") ? "" : "continuous: {every: 1s}\n");
    }
    disk.write("shop/marts/total/mart.sql", "SELECT count(*) AS events FROM silver.events\n");
    disk.write("shop/marts/total/pipeline.yaml", "continuous: {every: 1s}\n");
    disk.contract("shop/marts/total", "events integer");
  }

  private void pipeline(String dataset, String more) {
    disk.write(
        "shop/datasets/%s/pipeline.yaml".formatted(dataset),
        "source: {files: {path: landing/%s/*, format: csv}}\n%s".formatted(dataset, more));
  }

  private Project project() {
    return disk.project("shop");
  }

  @Test
  void aStreamDoesWhatIsContinuousAndNothingElse() {
    assertThat(StreamPlan.of(project(), List.of()).queries())
        .extracting(query -> query.tables() + " " + query.upstream())
        .containsExactly(
            "[bronze.events, silver.events] []",
            "[bronze.orders, silver.orders] []",
            "[gold.total] [silver.events]");
    assertThat(StreamPlan.of(project(), List.of("silver.events", "+gold.total")).queries())
        .extracting(Query::name)
        .containsExactly(TableName.silver("events"), TableName.gold("total"));
    refused(ExitCode.USAGE, "not continuous: bronze.rest, silver.rest", "*.rest", "gold.total");
    refused(ExitCode.USAGE, "did you mean 'gold.total'", "gold.totl");
    pipeline("events", "");
    pipeline("orders", "");
    disk.write("shop/marts/total/pipeline.yaml", "{}\n");
    refused(ExitCode.CONFIGURATION, "is continuous");
  }

  private void refused(ExitCode exitCode, String message, String... selectors) {
    assertThatThrownBy(() -> StreamPlan.of(project(), List.of(selectors)))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            AssayException.class, thrown -> assertThat(thrown.exitCode()).isEqualTo(exitCode));
  }

  @Test
  void aHeldDatasetWaitsWhileTheOthersGoOnAndGoesOnByItselfWhenItsRuleIsCorrected()
      throws Exception {
    StopSwitch stop = new StopSwitch();
    CompletableFuture<ExitCode> ended = start(stop);
    await(() -> applied("silver.events") == 3 && applied("gold.total") == 1);

    disk.write("shop/landing/events/2.csv", "id\nfour\n");
    await("silver.events", status -> status.standing().state() == State.HELD);
    assertThat(status("silver.events").standing().reason().orElseThrow()).contains("gate");
    disk.write("shop/landing/orders/2.csv", "id\n4\n");
    disk.write("shop/landing/events/3.csv", "id\n5\n");
    await(() -> applied("silver.orders") == 4 && ledger("bronze.events").newestBatch() == 3);
    assertThat(applied("silver.events")).isEqualTo(3);
    assertThat(last("silver.events")).isEqualTo(Outcome.HELD);

    pipeline("events", "continuous: {every: 1s}\ngate: {quarantined: 100}\n");
    await(() -> applied("silver.events") == 4 && applied("gold.total") == 2);
    assertThat(status("silver.events").standing().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(last("silver.events")).isEqualTo(Outcome.SUCCEEDED);
    int runs = ledger("silver.orders").runs().after("").size();
    Thread.sleep(2500);
    assertThat(ledger("silver.orders").runs().after("")).as("of an idle stream").hasSize(runs);

    assertThat(told().notRunningSince(Clock.systemUTC())).isEmpty();
    stop.ask();
    assertThat(ended.get()).isEqualTo(ExitCode.OK);
    assertThat(told().stoppedAt()).isPresent();
    assertThat(told().queries())
        .allSatisfy(
            query -> {
              assertThat(query.standing().state()).isEqualTo(State.STOPPED);
              assertThat(query.progress().caughtUpAt().orElseThrow())
                  .isAfter(Instant.now().minus(Duration.ofSeconds(60)));
            });
    assertThat(ProjectsOnDisk.rows(project(), "SELECT max(batch) FROM ops.batches"))
        .containsExactly("[4]");
    assertThat(disk.run(project(), "silver.*", "gold.*"))
        .filteredOn(report -> !report.result().table().equals(TableName.silver("rest")))
        .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
  }

  @Test
  void aStreamThatIsSilentForHalfAMinuteDoesNotRunSinceItsLastWord() {
    Instant last = Instant.parse("2026-01-01T00:00:00Z");
    StreamStatus killed = new StreamStatus("r", "h", 1, last, last, Optional.empty(), List.of());
    assertThat(killed.notRunningSince(clock(last.plusSeconds(29)))).isEmpty();
    assertThat(killed.notRunningSince(clock(last.plusSeconds(31)))).contains(last);
  }

  private static Clock clock(Instant at) {
    return Clock.fixed(at, ZoneOffset.UTC);
  }

  private CompletableFuture<ExitCode> start(StopSwitch stop) {
    Clock clock = Clock.systemUTC();
    Project project = project();
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            clock,
            RunId.next(clock),
            CommitSeam.DIRECT,
            Decision.NONE);
    run =
        new StreamRun(
            StreamPlan.of(project, List.of()),
            context,
            ProjectJobs::job,
            this::project,
            stop,
            NOBODY);
    return CompletableFuture.supplyAsync(run::execute);
  }

  private QueryStatus status(String query) {
    return run.queries().stream()
        .filter(status -> status.query().toString().equals(query))
        .findFirst()
        .orElseThrow();
  }

  private long applied(String query) {
    return status(query).progress().applied();
  }

  private Outcome last(String table) {
    return ledger(table).runs().last().orElseThrow().outcome();
  }

  private BatchLedger ledger(String table) {
    return new BatchLedger(project().warehouse(), TableName.of(table), new Configuration());
  }

  private StreamStatus told() {
    List<StreamStatus> told = StreamStatus.of(project(), new Configuration());
    assertThat(told).hasSize(1);
    return told.get(0);
  }

  private void await(String query, Predicate<QueryStatus> condition) throws InterruptedException {
    await(() -> condition.test(status(query)));
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofSeconds(90));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("%s", run.queries()).isBefore(patience);
      Thread.sleep(100);
    }
  }
}
