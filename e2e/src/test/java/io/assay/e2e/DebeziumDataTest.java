package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The messages of another project's tests that {@link ChangeFeedsTest} does not read. Of the start
 * from the earliest message the file of expected rows tells the keys; the expected rows of the
 * others are what their messages say, since it tells none.
 */
class DebeziumDataTest {
  @TempDir Path folder;

  @Test
  void everyOtherFileOfMessagesIsReadAsItsTestMeantIt() throws IOException {
    Path data = SharedData.orAbort("cdc-debezium");
    // Everything is there before the first run; the messages of watermark come a second time.
    dataset("startup", "{}", "id int key", "name string", "weight double");
    land("startup", "1", messages(data, "startupmode/debezium-data-1.txt"));
    land("startup", "2", messages(data, "startupmode/debezium-data-2.txt"));
    land("startup", "3", messages(data, "watermark/debezium-data-1.txt"));
    // Between these two a message without a value is sent.
    dataset("keyed", "{}", "id int key", "value string");
    List<String> keyed = new ArrayList<>(messages(data, "nullvalue/debezium-data-1.txt"));
    keyed.add("null");
    keyed.addAll(messages(data, "nullvalue/debezium-data-2.txt"));
    land("keyed", "1", keyed);
    dataset("nested", "{}", "id int key", "name string", "row string");
    land("nested", "1", messages(data, "nestedtype/debezium-data-1.txt"));
    dataset("computed", "{year: year(_date)}", "_id int key", "_date date", "year int");
    land("computed", "1", messages(data, "computedcolumn/debezium-data-1.txt"));
    land("computed", "2", messages(data, "metadatacolumn/debezium-data-1.txt"));
    Files.writeString(folder.resolve("assay.yaml"), "project: messages\nwarehouse: warehouse\n");
    ProjectRun run =
        new ProjectRun(
            TestSpark.session(), ProjectRun.project(folder, folder.resolve("warehouse"), Map.of()));

    List<JobReport> reports = run.run();

    assertThat(reports)
        .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.SUCCEEDED));
    JsonNode earliest =
        new ObjectMapper()
            .readTree(data.resolve("EXPECTED.json").toFile())
            .at("/startupmode earliest/after data-1+2");
    assertThat(run.texts("startup", "id"))
        .containsExactlyElementsOf(
            StreamSupport.stream(earliest.spliterator(), false).map(JsonNode::asText).toList());
    assertThat(account(reports, "startup")).isEqualTo(new Account(6, 0, 0, 4, 0, 0, 2, 0, 0));
    assertThat(run.texts("keyed", "concat_ws('|', id, value)")).containsExactly("1|A", "2|B");
    assertThat(account(reports, "keyed")).isEqualTo(new Account(3, 0, 0, 2, 0, 0, 0, 0, 1));
    assertThat(run.texts("nested", "concat_ws('|', id, name, row)"))
        .containsExactly("101|hammer|{\"row_key\":\"value\"}");
    assertThat(run.texts("computed", "concat_ws('|', id, date, year)"))
        .containsExactly("101|2023-03-23|2023");
  }

  /** The files begin with a comment on their licence, which is no message. */
  static List<String> messages(Path data, String file) throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve("table").resolve(file))) {
      return lines.filter(line -> line.startsWith("{")).toList();
    }
  }

  private void land(String dataset, String file, List<String> messages) throws IOException {
    Path path = folder.resolve("feeds").resolve(dataset).resolve(file + ".json");
    Files.createDirectories(path.getParent());
    Files.write(path, messages);
  }

  /**
   * Adds a dataset.
   *
   * @param fields {@code name type}, then {@code key}; an underscore before the name is the field's
   *     alone
   */
  private void dataset(String name, String columns, String... fields) throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("datasets").resolve(name));
    Files.writeString(
        dataset.resolve("pipeline.yaml"),
        """
        source: {files: {path: "feeds/%s/*.json", format: json}}
        format: debezium
        columns: %s
        history: {keep: scd2, sequence: [source.ts_ms]}
        """
            .formatted(name, columns));
    StringBuilder contract =
        new StringBuilder(
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: messages.%1$s
            name: %1$s
            version: 1.0.0
            status: active
            schema:
              - name: %1$s
                logicalType: object
                properties:
            """
                .formatted(name));
    Map<String, String> logical =
        Map.of("int", "integer", "double", "number", "date", "date", "string", "string");
    for (String field : fields) {
      String[] words = field.split(" ");
      contract.append(
          "      - {name: %s, physicalName: %s, physicalType: %s, logicalType: %s%s}\n"
              .formatted(
                  words[0].replaceFirst("^_", ""),
                  words[0],
                  words[1],
                  logical.get(words[1]),
                  words.length > 2 ? ", required: true, primaryKey: true" : ""));
    }
    Files.writeString(dataset.resolve("contract.odcs.yaml"), contract);
  }

  private static Account account(List<JobReport> reports, String dataset) {
    return reports.stream()
        .map(JobReport::result)
        .filter(result -> result.table().equals(TableName.silver(dataset)))
        .findFirst()
        .orElseThrow()
        .account();
  }
}
