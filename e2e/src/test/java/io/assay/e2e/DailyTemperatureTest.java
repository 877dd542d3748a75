package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.batch.Outcome;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of a machine's temperature, on three of its days: two that are not whole, and one
 * with an hour twice.
 */
class DailyTemperatureTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root"), "examples/temperature");
  private static final List<String> DAYS = List.of("2013-12-02", "2014-01-07", "2014-02-19");

  @TempDir private Path folder;

  @Test
  void eachWaitingDayBecomesABatchAndARowOfTheMart() throws Exception {
    Path landing = landing(SharedData.orAbort("temperature"));
    ProjectRun run =
        new ProjectRun(
            TestSpark.compiling(),
            ProjectRun.project(
                EXAMPLE,
                folder.resolve("warehouse"),
                Map.of("TEMPERATURE_DATA", landing.toString())));

    assertThat(run.run())
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.text())
                    .isEqualTo(Outcome.SUCCEEDED));

    assertThat(
            run
                .stored(TableName.silver("readings"))
                .groupBy("_batch")
                .count()
                .orderBy("_batch")
                .collectAsList()
                .stream()
                .map(batch -> batch.getLong(1)))
        .containsExactly(33L, 300L, 186L);
    List<Row> days = run.read(TableName.gold("daily_temperature")).orderBy("day").collectAsList();
    assertThat(days).hasSameSizeAs(DAYS);
    for (int i = 0; i < DAYS.size(); i++) {
      assertDay(days.get(i), DAYS.get(i), landing);
    }
  }

  private static void assertDay(Row row, String day, Path landing) throws IOException {
    List<String> lines = Files.readAllLines(landing.resolve(day + ".csv"));
    List<String> readings = lines.subList(1, lines.size());
    DoubleSummaryStatistics expected =
        readings.stream()
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(',') + 1)))
            .summaryStatistics();
    assertThat(row.getDate(0)).hasToString(day);
    assertThat(row.getLong(1)).isEqualTo(expected.getCount());
    assertThat(row.getLong(2)).isEqualTo(day.equals("2014-01-07") ? 12 : 0);
    assertThat(row.getDouble(3)).isCloseTo(expected.getAverage(), within(1e-6));
    assertThat(row.getDouble(4)).isEqualTo(expected.getMin());
    assertThat(row.getDouble(5)).isEqualTo(expected.getMax());
    assertThat(row.getDouble(6)).isPositive();
  }

  /** The days' files, made as the example says. */
  private Path landing(Path data) throws IOException, InterruptedException {
    Path all = folder.resolve("all");
    Process python =
        new ProcessBuilder(
                "python3",
                EXAMPLE.resolve("split_days.py").toString(),
                data.resolve("machine_temperature_system_failure.csv").toString(),
                all.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("split.txt").toFile())
            .start();
    assertThat(python.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(folder.resolve("split.txt"))).isEqualTo("80 days\n");
    Path landing = Files.createDirectories(folder.resolve("landing"));
    for (String day : DAYS) {
      Files.copy(all.resolve(day + ".csv"), landing.resolve(day + ".csv"));
    }
    return landing;
  }
}
