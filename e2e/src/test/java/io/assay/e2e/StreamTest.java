package io.assay.e2e;

import static io.assay.e2e.ProjectRun.assertSound;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.stream.QueryStatus;
import io.assay.app.stream.QueryStatus.State;
import io.assay.app.stream.StreamStatus;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.KafkaBroker;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/assay stream} over a topic and over files, while both get more all the time. */
@Tag("all")
class StreamTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final TableName READINGS = TableName.silver("readings");
  private static final TableName EVENTS = TableName.silver("events");
  private static final TableName HOSTILE = TableName.silver(HostileMessages.TOPIC);

  /** As without these tests: a message of 100 MB is in memory before its size is known. */
  private static final Map<String, String> MEMORY = Map.of("ASSAY_DRIVER_MEMORY", "2g");

  private static final Duration OUTAGE = Duration.ofSeconds(20);

  @TempDir private Path temporary;
  private SmallProject project;
  private KafkaBroker broker;
  private Feed feed;

  @BeforeEach
  void start() throws IOException {
    broker = KafkaBroker.start(temporary.resolve("broker"));
    broker.create("readings", 2);
    broker.create(HostileMessages.TOPIC, 1);
    HostileMessages.sendOne(broker, 0);
    project = new SmallProject(temporary.resolve("project"));
    write(
        "assay.yaml",
        """
        project: streamed
        connections: {events: {kafka: {brokers: "%s", patience: 3s}}}
        """
            .formatted(broker.address()));
    for (String dataset : List.of("readings", "events", HostileMessages.TOPIC)) {
      write(
          "datasets/" + dataset + "/contract.odcs.yaml",
          """
          apiVersion: v3.1.0
          kind: DataContract
          id: streamed.%1$s
          name: %1$s
          version: 1.0.0
          status: active
          schema:
            - name: %1$s
              logicalType: object
              properties:
                - {name: id, logicalType: integer, physicalType: bigint, required: true}
          """
              .formatted(dataset));
    }
    pipelines("");
    Files.createDirectories(project.folder().resolve("landing"));
    feed = new Feed();
    feed.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    feed.end();
    broker.close();
  }

  /** One record and now and then a file, a little later the next; counts what arrived. */
  private final class Feed extends Thread {
    private volatile boolean ending;
    private volatile int sent;
    private volatile int files;
    private boolean outage;

    @Override
    public void run() {
      try {
        while (!ending) {
          sendOne();
          Path draft = Files.writeString(temporary.resolve("draft"), "id\n" + files + "\n");
          Files.move(draft, project.folder().resolve("landing/%06d.csv".formatted(files)));
          files++;
          Thread.sleep(200);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        ending = true;
      }
    }

    private synchronized void sendOne() {
      if (!outage) {
        byte[] value = "{\"id\": %d}".formatted(sent).getBytes(StandardCharsets.UTF_8);
        broker.send(List.of(new ProducerRecord<>("readings", sent % 2, null, value)));
        sent++;
      }
    }

    /** When this returns nothing is under way. */
    synchronized void outage(boolean begins) {
      outage = begins;
    }

    void end() throws InterruptedException {
      ending = true;
      join();
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = project.folder().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** That is all there is to switching. */
  private void pipelines(String continuous) throws IOException {
    write(
        "datasets/readings/pipeline.yaml",
        "source: {kafka: {connection: events, topic: readings}}\n" + continuous);
    write(
        "datasets/events/pipeline.yaml",
        "source: {files: {path: landing/*.csv, format: csv}}\n" + continuous);
    write(
        "datasets/hostile/pipeline.yaml",
        "source: {kafka: {connection: events, topic: hostile}}\ngate: {quarantined: 100}\n"
            + continuous);
  }

  private Project loaded() {
    return ProjectRun.project(project.folder(), project.warehouse(), Map.of());
  }

  @Test
  void fromBatchToStreamAndBackWithABrokerThatGoesAwayNothingIsLostAndNothingTwice()
      throws Exception {
    while (feed.sent == 0 || feed.files == 0) {
      Thread.sleep(50);
    }
    assertSound(new ProjectRun(SPARK, loaded()).run());

    pipelines("continuous: {every: 1s}\n");
    Process stream = AssayProcess.launched(project, MEMORY, "stream");
    try {
      await(stream, () -> applied(READINGS) > 0 && applied(EVENTS) > 0);
      HostileMessages.send(broker);
      await(stream, () -> applied(HOSTILE) == HostileMessages.WELL);
      brokerGoesAwayAndComesBack(stream);
      HostileMessages.sendOne(broker, 8);
      await(stream, () -> applied(HOSTILE) == HostileMessages.WELL + 1);
      stream.destroy();
      assertThat(stream.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      stream.destroyForcibly();
    }
    assertThat(stream.exitValue()).as(output()).isZero();
    assertThat(output()).contains("stopping: the batches in hand are finished");
    assertThat(output()).containsPattern("silver.readings +stopped +[0-9,]+ rows applied");
    assertThat(leases()).isEmpty();
    assertThat(told().stoppedAt()).isPresent();

    pipelines("");
    assertSound(new ProjectRun(SPARK, loaded()).run());
    feed.end();
    ProjectRun batch = new ProjectRun(SPARK, loaded());
    batch.run();
    for (TableName table : List.of(READINGS, EVENTS)) {
      int arrived = table.equals(READINGS) ? feed.sent : feed.files;
      assertThat(batch.count(TableName.bronze(table.name()))).isEqualTo(arrived);
      assertThat(batch.read(table).count()).isEqualTo(arrived);
      assertThat(batch.read(table).select("id").exceptAll(SPARK.range(arrived).toDF("id")).count())
          .isZero();
    }
    HostileMessages.assertKept(batch);
    assertThat(batch.discrepancies()).isEmpty();
  }

  /** The other dataset goes on meanwhile; this one goes on by itself afterwards. */
  private void brokerGoesAwayAndComesBack(Process stream) throws Exception {
    feed.outage(true);
    Instant gone = Instant.now();
    broker.stop();
    await(stream, () -> query(READINGS).standing().state() == State.RETRYING);
    assertThat(query(READINGS).standing().reason().orElseThrow()).contains("does not answer");
    long events = applied(EVENTS);
    await(stream, () -> applied(EVENTS) > events && Instant.now().isAfter(gone.plus(OUTAGE)));
    long readings = applied(READINGS);
    broker.start();
    feed.outage(false);
    await(
        stream,
        () -> applied(READINGS) > readings && query(READINGS).standing().state() != State.RETRYING);
  }

  private StreamStatus told() {
    return StreamStatus.of(loaded(), new Configuration()).get(0);
  }

  private QueryStatus query(TableName name) {
    return told().queries().stream()
        .filter(query -> query.query().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long applied(TableName name) {
    return StreamStatus.of(loaded(), new Configuration()).isEmpty()
        ? 0
        : query(name).progress().applied();
  }

  private String output() throws IOException {
    return Files.readString(project.folder().resolve("output.txt"));
  }

  private List<Path> leases() throws IOException {
    try (Stream<Path> files = Files.walk(project.warehouse().resolve("_assay/ledger"))) {
      return files.filter(file -> file.getParent().endsWith("leases")).toList();
    }
  }

  private void await(Process stream, BooleanSupplier condition) throws Exception {
    Instant patience = Instant.now().plus(Duration.ofMinutes(4));
    while (!condition.getAsBoolean()) {
      assertThat(stream.isAlive()).as(output()).isTrue();
      assertThat(Instant.now()).as(output()).isBefore(patience);
      Thread.sleep(500);
    }
  }
}
