package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.JsonApi;
import io.assay.testing.KafkaBroker;
import io.assay.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the very spark-submit line that stands in the Javadoc of each job's main. */
@Tag("all")
class EntryPointTest {
  private static final Pattern LINE = Pattern.compile("\\* +(spark-submit --class .*)");
  private static final List<String> MODULES = List.of("bronze", "silver", "gold");

  @TempDir private Path temporary;

  @Test
  void theLineInTheJavadocOfEachJobsMainRunsIt() throws Exception {
    Map<String, String> lines = submitLines();
    assertThat(lines)
        .containsOnlyKeys(
            "FileIngestJob",
            "KafkaIngestJob",
            "JdbcIngestJob",
            "HttpIngestJob",
            "CleanJob",
            "MartJob",
            "PublishJob");
    SmallProject project = SmallProject.in(temporary.resolve("project"));
    // The mart joins customers too, so both datasets are landed and cleaned.
    for (String name : List.of("customers", "events")) {
      submit(lines.get("FileIngestJob"), project, name, "bronze." + name);
      submit(lines.get("CleanJob"), project, name, "silver." + name);
    }
    submit(lines.get("MartJob"), project, "daily", "gold.daily");
    try (KafkaBroker broker = KafkaBroker.start(temporary.resolve("broker"))) {
      broker.create("calls", 1);
      broker.send(List.of(new ProducerRecord<>("calls", "{}".getBytes(StandardCharsets.UTF_8))));
      add(
          project,
          "calls",
          "{kafka: {connection: shop, topic: calls}}",
          "shop: {kafka: {brokers: \"%s\"}}".formatted(broker.address()));
      submit(lines.get("KafkaIngestJob"), project, "calls", "bronze.calls");
    }
    try (JsonApi api = JsonApi.start()) {
      api.add("readings", List.of("{\"at\":\"2026-01-01T00:00:00Z\"}"));
      add(
          project,
          "readings",
          "{http: {connection: sensors, path: readings, records: data}}",
          "sensors: {http: {url: \"%s\"}}".formatted(api.url()));
      submit(lines.get("HttpIngestJob"), project, "readings", "bronze.readings");
    }
    try (PostgresServer server = PostgresServer.start(temporary.resolve("server"))) {
      server.create("shop");
      server.execute("shop", "CREATE TABLE sales AS SELECT 1 AS event_id");
      add(
          project,
          "sales",
          "{jdbc: {connection: database, table: sales}}",
          "database: {jdbc: {url: \"%s\", user: %s, password: %s}}"
              .formatted(server.url("shop"), PostgresServer.USER, PostgresServer.PASSWORD));
      submit(lines.get("JdbcIngestJob"), project, "sales", "bronze.sales");
      Files.writeString(
          project.folder().resolve("marts/daily/pipeline.yaml"),
          "publish: {copy: {to: {postgres: {connection: database, table: daily}}}}\n");
      Path contract = project.folder().resolve("marts/daily/contract.odcs.yaml");
      Files.writeString(
          contract,
          Files.readString(contract)
              .replace("- name: city\n", "- name: city\n        primaryKey: true\n"));
      submit(lines.get("PublishJob"), project, "copy", "publish.copy");
    }
  }

  /**
   * Adds a dataset, and the connection that it reads.
   *
   * @param source of pipeline.yaml
   * @param connection a line of assay.yaml
   */
  private static void add(SmallProject project, String name, String source, String connection)
      throws IOException {
    Path dataset = Files.createDirectories(project.folder().resolve("datasets/" + name));
    Files.writeString(dataset.resolve("pipeline.yaml"), "source: " + source + "\n");
    Path contract = project.folder().resolve("datasets/events/contract.odcs.yaml");
    Files.writeString(
        dataset.resolve("contract.odcs.yaml"),
        Files.readString(contract).replace("name: events", "name: " + name));
    Files.writeString(
        project.folder().resolve("assay.yaml"),
        "  " + connection + "\n",
        StandardOpenOption.APPEND);
  }

  /** The lines by the simple names of mains; a main without one is a failure. */
  private static Map<String, String> submitLines() throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String module : MODULES) {
      Path sources = Installation.root().resolve(module + "/src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(EntryPointTest::startsAJob).toList()) {
          Matcher line = LINE.matcher(Files.readString(file));
          assertThat(line.find()).as("spark-submit line in " + file).isTrue();
          String name = sources.relativize(file).toString().replace(".java", "");
          assertThat(line.group(1)).contains(" --class " + name.replace('/', '.') + " ");
          lines.put(file.getFileName().toString().replace(".java", ""), line.group(1));
        }
      }
    }
    return lines;
  }

  private static boolean startsAJob(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("JobMain.run(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void submit(String line, SmallProject project, String name, String table)
      throws IOException, InterruptedException {
    Path root = Installation.root();
    List<String> command = new ArrayList<>(List.of(line.strip().split("\\s+")));
    command.set(command.indexOf("assay.jar"), root.resolve("app/target/assay.jar").toString());
    command.set(command.indexOf("--project") + 1, project.folder().toString());
    command.set(command.size() - 1, name);
    command.remove(0);
    AssayProcess.Ended ended = AssayProcess.submit(project, command);
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text()).containsPattern("(?m)^" + table + " +succeeded");
  }
}
