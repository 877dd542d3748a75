package io.assay.app.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.app.run.ProjectJobs;
import io.assay.config.ConfigurationException;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSpecsTest {
  @TempDir Path folder;

  @Test
  void casesRunTheProductionJobsAndDifferencesAreReadable() throws Exception {
    Project project = project("passing.yaml", "failing.yaml");
    ProjectSpecs specs = ProjectSpecs.read(project, new Configuration());
    assertThat(specs.only(List.of("failing.yaml")).size()).isEqualTo(3);
    assertThat(specs.only(List.of("missing day", "held")).size()).isBetween(2, 9);
    assertThat(specs.only(List.of())).isSameAs(specs);
    List<SpecResult> results =
        specs.run(TestSpark.session(), table -> ProjectJobs.job(project, table), result -> {});
    assertThat(results.stream().filter(r -> r.file().equals("tests/passing.yaml")))
        .hasSize(7)
        .allSatisfy(result -> assertThat(result.differences()).as(result.name()).isEmpty());
    List<SpecResult> failing =
        results.stream().filter(r -> r.file().equals("tests/failing.yaml")).toList();
    assertThat(failing)
        .extracting(r -> r.line() + " " + r.name() + " " + r.passed())
        .containsExactly(
            "1 wrong numbers, a missing day and one too many false",
            "14 held without warning false",
            "22 not held after all false");
    assertThat(failing.get(0).differences())
        .containsExactly(
            """
            gold.daily_sales: 2 rows expected (-), 2 rows found instead (+)
                 day         orders  net
              -  2026-01-01  [3]     30.00
              +  2026-01-01  [2]     30.00
              -  2026-01-05  1       5.00
              +  2026-01-02  1       5.00"""
                .replace("\n", System.lineSeparator()),
            "account of gold.daily_sales: applied is 2, not 3");
    assertThat(failing.get(1).differences())
        .singleElement()
        .asString()
        .startsWith("silver.orders is held:" + System.lineSeparator() + "  some_rows: expected ");
    assertThat(failing.get(2).differences())
        .containsExactly("gold.daily_sales should be held by day_required, but it is not");
  }

  @Test
  void everyMistakeInAFileIsReportedAtItsPlace() throws Exception {
    Project project = project();
    Files.writeString(
        folder.resolve("tests/wrong.yaml"),
        """
        a case:
          givn: {}
          given:
            silver.order: []
            gold.daily_sales:
              - {day: 2026-13-01, order: 1, net: 1.005}
              - 7
          run: [gold.nope]
          expect:
            bronze.orders: []
            silver.orders:
              - {order_id: O-1, amount: x}
              - {order_id: O-2}
            held: {silver.nope: [a]}
            account: {silver.orders: {red: 1, read: many}}
        nothing: 1
        """);
    assertThatThrownBy(() -> ProjectSpecs.read(project, new Configuration()))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems().stream().map(p -> p.line() + ": " + p.message()))
                    .containsExactly(
                        "2: unknown key 'givn'; did you mean 'given'?",
                        "4: there is no table 'silver.order' to name here; did you mean"
                            + " 'silver.orders'?",
                        "6: '2026-13-01' is no date",
                        "6: gold.daily_sales has no column 'order'; did you mean 'orders'?",
                        "6: '1.005' is no decimal(14,2)",
                        "7: a row is a mapping, such as {id: 1, name: Ada}",
                        "8: there is no job 'gold.nope'; known: gold.big_days,"
                            + " gold.customer_cities, gold.daily_sales, silver.customers,"
                            + " silver.orders",
                        "10: there is no table 'bronze.orders' to name here; known: gold.big_days,"
                            + " gold.customer_cities, gold.daily_sales, quarantine.customers,"
                            + " quarantine.orders, silver.customers, silver.customers_history,"
                            + " silver.orders",
                        "12: 'x' is no decimal(12,2)",
                        "13: every row names the columns of the first (order_id, amount), no more"
                            + " and no less",
                        "14: there is no job 'silver.nope'; known: gold.big_days,"
                            + " gold.customer_cities, gold.daily_sales, silver.customers,"
                            + " silver.orders",
                        "15: unknown key 'red'; did you mean 'read'?",
                        "15: expected a number of rows",
                        "16: a case has given and expect"));
  }

  @Test
  void rowsOfATopicMaySayWhatCameWithThem() throws Exception {
    project();
    Files.writeString(
        folder.resolve("assay.yaml"),
        "\nconnections: {events: {kafka: {brokers: nowhere:9092}}}\n",
        StandardOpenOption.APPEND);
    write(
        "datasets/calls/pipeline.yaml",
        """
        source: {kafka: {connection: events, topic: calls}}
        columns:
          sent_at: _message.timestamp
          trace: string(_message.headers[0].value)
        """);
    write(
        "datasets/calls/contract.odcs.yaml",
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: spec.calls
        name: calls
        version: 1.0.0
        status: active
        schema:
          - name: calls
            logicalType: object
            properties:
              - {name: id, logicalType: integer, required: true}
              - {name: sent_at, logicalType: timestamp}
              - {name: trace, logicalType: string}
        """);
    write(
        "tests/calls.yaml",
        """
        what came with messages:
          given:
            bronze.calls:
              - {id: 1, _message: {timestamp: 2026-01-01T10:00:00Z, headers: [{key: trace, value: abc}]}}
              - {id: 2}
          expect:
            silver.calls:
              - {id: 1, sent_at: 2026-01-01T10:00:00Z, trace: abc}
              - {id: 2, sent_at: null, trace: null}
        """);
    Project project =
        ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());

    assertThat(
            ProjectSpecs.read(project, new Configuration())
                .run(TestSpark.session(), table -> ProjectJobs.job(project, table), result -> {}))
        .singleElement()
        .satisfies(result -> assertThat(result.differences()).isEmpty());
  }

  private void write(String path, String content) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), content);
  }

  /** The project of the test resources, with the given test files of it only. */
  private Project project(String... tests) throws IOException, URISyntaxException {
    Path original = Path.of(ProjectSpecsTest.class.getResource("/spec-project").toURI());
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = original.relativize(file).toString();
        if (!name.startsWith("tests") || List.of(tests).contains(file.getFileName().toString())) {
          Files.createDirectories(folder.resolve(name).getParent());
          Files.copy(file, folder.resolve(name));
        }
      }
    }
    Files.createDirectories(folder.resolve("tests"));
    return ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());
  }
}
