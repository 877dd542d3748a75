package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.Outcome;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a machine's temperature. */
class DailyTemperatureTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root"), "examples/temperature");

  /**
   * The first nine days, of which the first is not whole, and one with an hour twice. The ninth is
   * the first in a labelled window.
   */
  private static final List<String> SOME =
      Stream.concat(
              LocalDate.of(2013, 12, 2).datesUntil(LocalDate.of(2013, 12, 11)),
              Stream.of(LocalDate.of(2014, 1, 7)))
          .map(LocalDate::toString)
          .toList();

  @TempDir private Path folder;

  @Test
  void eachWaitingDayBecomesABatchThatIsComparedWithThoseBeforeAndARowOfTheMart() throws Exception {
    Path landing = landing(SharedData.orAbort("temperature"), SOME);
    ProjectRun run = succeeded(landing);

    assertThat(
            run
                .stored(TableName.silver("readings"))
                .groupBy("_batch")
                .count()
                .orderBy("_batch")
                .collectAsList()
                .stream()
                .map(batch -> batch.getLong(1)))
        .containsExactly(33L, 288L, 288L, 288L, 288L, 288L, 288L, 288L, 288L, 300L);
    assertThat(run.discrepancies()).isEmpty();
    List<Row> days = run.read(TableName.gold("daily_temperature")).orderBy("day").collectAsList();
    assertThat(days).hasSameSizeAs(SOME);
    for (int i = 0; i < SOME.size(); i++) {
      assertDay(days.get(i), SOME.get(i), landing);
    }
    Map<String, List<String>> levels = outcomes(run, "usual_level");
    assertThat(levels).hasSameSizeAs(SOME).containsEntry("2013-12-10", List.of("failed"));
    for (String day : SOME.subList(0, 8)) {
      assertThat(levels.get(day))
          .as(day)
          .containsExactly(day.compareTo("2013-12-09") < 0 ? "unknown" : "passed");
    }
  }

  @Test
  @Tag("deep")
  void theRulesSpeakInThreeOfFourLabelledWindowsAndOnAtMostFiveOtherDays() throws Exception {
    Path data = SharedData.orAbort("temperature");
    ProjectRun run = succeeded(landing(data, List.of()));
    Set<String> spoke = new TreeSet<>();
    for (String rule : List.of("usual_level", "usual_spread", "usual_minimum")) {
      outcomes(run, rule)
          .forEach(
              (day, outcomes) -> {
                if (outcomes.contains("failed")) {
                  spoke.add(day);
                }
              });
    }

    List<List<String>> windows = windows(data);

    assertThat(windows).hasSize(4);
    assertThat(windows)
        .filteredOn(window -> spoke.stream().anyMatch(day -> isIn(window, day)))
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(spoke)
        .filteredOn(day -> windows.stream().noneMatch(window -> isIn(window, day)))
        .hasSizeLessThanOrEqualTo(5);
  }

  private ProjectRun succeeded(Path landing) {
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
    return run;
  }

  /** How a rule came out on each day. */
  private static Map<String, List<String>> outcomes(ProjectRun run, String rule) {
    Map<Long, String> days = new HashMap<>();
    run.stored(TableName.silver("readings"))
        .selectExpr("_batch", "CAST(to_date(read_at) AS STRING)")
        .distinct()
        .collectAsList()
        .forEach(row -> days.put(row.getLong(0), row.getString(1)));
    Map<String, List<String>> outcomes = new TreeMap<>();
    run.measured(TableName.silver("readings"))
        .forEach(
            batch ->
                batch.metrics().stream()
                    .filter(metric -> metric.rule().equals(rule))
                    .forEach(
                        metric ->
                            outcomes
                                .computeIfAbsent(days.get(batch.batch()), none -> new ArrayList<>())
                                .add(metric.outcome())));
    return outcomes;
  }

  /** The first and the last day of each. */
  private static List<List<String>> windows(Path data) throws IOException {
    List<List<String>> windows = new ArrayList<>();
    new ObjectMapper()
        .readTree(data.resolve("labelled_windows.json").toFile())
        .elements()
        .next()
        .forEach(
            window ->
                windows.add(
                    List.of(
                        window.path(0).asText().substring(0, 10),
                        window.path(1).asText().substring(0, 10))));
    return windows;
  }

  private static boolean isIn(List<String> window, String day) {
    return day.compareTo(window.get(0)) >= 0 && day.compareTo(window.get(1)) <= 0;
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

  /**
   * The days' files, made as the example says.
   *
   * @param some only these; if empty, all
   */
  private Path landing(Path data, List<String> some) throws IOException, InterruptedException {
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
    if (some.isEmpty()) {
      return all;
    }
    Path landing = Files.createDirectories(folder.resolve("landing"));
    for (String day : some) {
      Files.copy(all.resolve(day + ".csv"), landing.resolve(day + ".csv"));
    }
    return landing;
  }
}
