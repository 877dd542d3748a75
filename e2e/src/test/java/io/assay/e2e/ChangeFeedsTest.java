package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of change feeds on another project's messages, stage by stage as that one expects.
 */
class ChangeFeedsTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root"), "examples/change-feeds");
  private static final String POSITION = "\"file\": \"mysql-bin.%06d\", \"pos\": %d, \"row\": 0";

  @TempDir Path folder;

  private Path feeds;
  private Map<Integer, JsonNode> catalogue = new TreeMap<>();

  @Test
  void everyStageIsWhatThePublishedTestExpects() throws IOException {
    Path data = SharedData.orAbort("cdc-debezium");
    JsonNode expected = new ObjectMapper().readTree(data.resolve("EXPECTED.json").toFile());
    feeds = folder.resolve("feeds");
    Project project =
        ProjectRun.project(
            EXAMPLE, folder.resolve("warehouse"), Map.of("FEEDS_DATA", feeds.toString()));
    ProjectRun run = new ProjectRun(SPARK, project);
    List<String> changes = List.of("insert", "update", "delete");

    for (int stage = 1; stage <= 3; stage++) {
      JsonNode products = expected.path("schemaevolution").path("after data-" + stage);
      JsonNode rows =
          expected
              .path("event (insert/update/delete)")
              .path("after event-" + changes.get(stage - 1));
      land(
          "products/" + stage + ".json",
          DebeziumDataTest.messages(data, "schemaevolution/debezium-data-" + stage + ".txt"));
      landCatalogue(rows, stage);
      landMembers(stage);

      assertThat(run.run())
          .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.SUCCEEDED));
      assertThat(rows(run, "products", "id, name, description, weight, age, address"))
          .containsExactlyElementsOf(texts(products, 6));
      assertThat(rows(run, "catalogue", "id, name, description, weight"))
          .containsExactlyElementsOf(texts(rows, 4));
    }

    assertThat(
            run.read(TableName.history("members"))
                .selectExpr("concat_ws(' ', id, name, day(valid_from), day(valid_to))")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("1 a1 1 2", "2 a2 1 2", "2 b2 2 3", "3 a3 2");
    assertThat(run.count(TableName.quarantine("products"))).isZero();
    assertThat(run.discrepancies()).isEmpty();
  }

  /** The messages that lead from one stage to the next, as MySQL's connector would write them. */
  private void landCatalogue(JsonNode rows, int stage) throws IOException {
    List<String> messages = new ArrayList<>();
    Map<Integer, JsonNode> now = new TreeMap<>();
    rows.forEach(row -> now.put(row.get(0).asInt(), row));
    for (Map.Entry<Integer, JsonNode> row : now.entrySet()) {
      if (!row.getValue().equals(catalogue.get(row.getKey()))) {
        String op = catalogue.containsKey(row.getKey()) ? "u" : "c";
        messages.add(message(op, "null", image(row.getValue()), stage, messages.size()));
      }
    }
    for (Map.Entry<Integer, JsonNode> row : catalogue.entrySet()) {
      if (!now.containsKey(row.getKey())) {
        messages.add(message("d", image(row.getValue()), "null", stage, messages.size()));
        messages.add("null");
      }
    }
    catalogue = now;
    land("catalogue/" + stage + ".json", messages);
  }

  private static String image(JsonNode row) {
    return "{\"id\": %s, \"name\": %s, \"description\": %s, \"weight\": %s}"
        .formatted(row.get(0), row.get(1), row.get(2), row.get(3));
  }

  private static String message(String op, String before, String after, int file, int position) {
    return ("{\"op\": \"%s\", \"before\": %s, \"after\": %s, \"source\": {\"connector\": \"mysql\","
            + " \"ts_ms\": 1596684883000, "
            + POSITION
            + "}}")
        .formatted(op, before, after, file, position);
  }

  private void landMembers(int stage) throws IOException {
    List<List<String>> days =
        List.of(List.of("1,a1", "2,a2"), List.of("2,b2", "3,a3"), List.of("3,a3"));
    List<String> lines = new ArrayList<>(List.of("id,name"));
    lines.addAll(days.get(stage - 1));
    land("members/members-2026-07-0" + stage + ".csv", lines);
  }

  private void land(String file, List<String> lines) throws IOException {
    Path path = feeds.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, lines);
  }

  private static List<String> rows(ProjectRun run, String dataset, String columns) {
    return run.texts(
        dataset, "concat_ws('|', transform(array(" + columns + "), v -> coalesce(v, '-')))");
  }

  private static List<String> texts(JsonNode rows, int columns) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row -> {
              List<String> values = new ArrayList<>();
              for (int i = 0; i < columns; i++) {
                values.add(row.hasNonNull(i) ? row.get(i).asText() : "-");
              }
              return String.join("|", values);
            })
        .toList();
  }
}
