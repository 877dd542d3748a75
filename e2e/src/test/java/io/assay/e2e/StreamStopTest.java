package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchLedger;
import io.assay.batch.FaultInjection;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that has to end while a batch does not: as if its store did not answer any more. */
@Tag("all")
class StreamStopTest {
  private static final TableName LANDED = TableName.bronze("customers");
  private static final TableName CLEANED = TableName.silver("customers");
  private static final int BATCHES = 3;

  /** That of a process which a SIGTERM ends. */
  private static final int TERMINATED = 143;

  @TempDir private Path temporary;

  @Test
  void aBatchThatOutlastsThePatienceOrASecondSignalIsCompletedByWhoeverComesNext()
      throws Exception {
    SmallProject reference = SmallProject.in(temporary.resolve("reference"));
    reference.laterDays();
    KilledProject.run(reference, job -> true);
    Map<String, List<String>> expected = KilledProject.tables(reference);
    SmallProject project = SmallProject.in(temporary.resolve("project"));
    project.laterDays();
    for (String dataset : List.of("customers", "events")) {
      append(
          project.folder().resolve("datasets/" + dataset + "/pipeline.yaml"),
          "continuous: {every: 1s}\n");
    }
    Path settings = project.folder().resolve("assay.yaml");
    append(settings, "stream: {patience: 2s}\n");
    String cleaned = CLEANED + "/HISTORY:after";
    try (Hanging stream = new Hanging(project, AssayProcess::submitted, cleaned)) {
      assertThat(stream.stop()).as("exit code when patience is over").isEqualTo(1);
    }
    assertThat(ledger(project, CLEANED).open()).as("the batch in hand").isPresent();

    Files.writeString(settings, Files.readString(settings).replace("patience: 2s", "patience: 5m"));
    String landed = LANDED + "/BRONZE:after";
    try (Hanging stream = new Hanging(project, AssayProcess::launched, landed)) {
      stream.process.destroy();
      stream.await("stopping: the batches in hand are finished");
      assertThat(stream.stop()).as("exit code of a second signal").isEqualTo(TERMINATED);
    }
    assertThat(ledger(project, LANDED).open()).as("the batch in hand").isPresent();

    assertThat(KilledProject.repeat(project, "hard stops", expected)).isEmpty();
    for (TableName table : List.of(LANDED, CLEANED)) {
      assertThat(ledger(project, table).newestBatch()).as("none was given up").isEqualTo(BATCHES);
    }
  }

  /** How a process is started. */
  private interface Start {
    Process stream(SmallProject project, Map<String, String> environment, String command)
        throws IOException;
  }

  /** A stream one of whose batches does not end. */
  private final class Hanging implements AutoCloseable {
    private final Path folder;
    private final Path commits;
    private final Process process;

    /** Returns when the batch hangs. */
    Hanging(SmallProject project, Start start, String place) throws Exception {
      folder = project.folder();
      commits = temporary.resolve(place.replaceAll("\\W", "-"));
      process =
          start.stream(
              project,
              Map.of(FaultInjection.HANG_AT, place, FaultInjection.COMMIT_LOG, commits.toString()),
              "stream");
      await(place);
    }

    /** Waits until it has said this, to people or in the list of its commits. */
    void await(String line) throws Exception {
      Instant patience = Instant.now().plus(Duration.ofMinutes(2));
      while (!said().contains(line)) {
        assertThat(process.isAlive()).as(said()).isTrue();
        assertThat(Instant.now()).as(said()).isBefore(patience);
        Thread.sleep(100);
      }
    }

    private String said() throws IOException {
      String output = Files.readString(folder.resolve("output.txt"));
      return Files.exists(commits) ? output + Files.readString(commits) : output;
    }

    /** Sends a SIGTERM, and returns the exit code. */
    int stop() throws Exception {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static BatchLedger ledger(SmallProject project, TableName table) {
    Warehouse warehouse = new Warehouse(new org.apache.hadoop.fs.Path(project.warehouse().toUri()));
    return new BatchLedger(warehouse, table, new Configuration());
  }
}
