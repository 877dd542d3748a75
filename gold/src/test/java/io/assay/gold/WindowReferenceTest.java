package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Mart;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marts of windows beside a program in plain Python that knows nothing of them. */
class WindowReferenceTest {
  private static final int EVENTS = 100_000;
  private static final int BATCHES = 4;

  @TempDir Path folder;
  private EventTable events;

  @BeforeEach
  void eventsOfADay() throws IOException, InterruptedException {
    events = new EventTable(folder.resolve("warehouse"));
    Process python =
        new ProcessBuilder(
                "python3",
                Path.of("src/test/resources/windows/reference.py").toAbsolutePath().toString(),
                folder.toString(),
                Integer.toString(EVENTS),
                Integer.toString(BATCHES),
                "20260301")
            .inheritIO()
            .start();
    assertThat(python.waitFor()).isZero();
  }

  private Mart windows(String name, String window) {
    return events.mart(
        name,
        "SELECT window.start AS window_start, window.end AS window_end, type, count(*) AS n,"
            + " CAST(sum(amount) AS BIGINT) AS amount, count(DISTINCT visitor) AS visitors"
            + " FROM silver.events GROUP BY type, "
            + window,
        Contracts.of(
            "",
            3,
            List.of(),
            List.of(),
            "window_start timestamp",
            "window_end timestamp",
            "type string",
            "n bigint",
            "amount bigint",
            "visitors bigint"),
        Duration.ofMinutes(10));
  }

  private Mart visits() {
    return events.mart(
        "visits",
        "SELECT session_window.start AS visit_start, session_window.end AS visit_end, visitor, count(*) AS n"
            + " FROM silver.events GROUP BY session_window(happened_at, '7 minutes'), visitor",
        Contracts.of(
            "",
            3,
            List.of(),
            List.of(),
            "visit_start timestamp",
            "visit_end timestamp",
            "visitor string",
            "n bigint"),
        Duration.ofMinutes(10));
  }

  @Test
  void martsOfWindowsSayWhatPlainPythonSays() throws IOException {
    List<Mart> marts =
        List.of(
            windows("tumbling", "window(happened_at, '5 minutes')"),
            windows("sliding", "window(happened_at, '10 minutes', '5 minutes')"),
            visits());
    Dataset<Row> all =
        events
            .gold
            .spark
            .read()
            .schema(
                "batch int, id bigint, visitor string, type string, micros bigint, amount bigint")
            .csv(folder.resolve("events.csv").toString())
            .withColumn("happened_at", timestamp_micros(col("micros")))
            .drop("micros")
            .cache();
    for (int batch = 1; batch <= BATCHES; batch++) {
      events.come(all.where(col("batch").equalTo(batch)).drop("batch"));
      marts.forEach(events.gold::run);
    }
    all.unpersist();

    for (Mart mart : marts) {
      assertThat(rows(TableName.gold(mart.name()))).isEqualTo(expected(mart.name()));
      List<String> late = expected(mart.name() + "_late");
      assertThat(late).hasSizeGreaterThan(100);
      assertThat(late(mart)).isEqualTo(late);
      MartProof.Result proof = events.gold.proof(mart);
      assertThat(proof.message()).isEmpty();
      assertThat(proof.rows()).isGreaterThan(500);
    }
  }

  private List<String> rows(TableName table) {
    Dataset<Row> rows = new TableCatalog(events.gold.spark, events.gold.warehouse).read(table);
    String[] columns =
        Arrays.stream(rows.schema().fields())
            .map(
                field ->
                    field.dataType().typeName().equals("timestamp")
                        ? "unix_micros(" + field.name() + ")"
                        : field.name())
            .toArray(String[]::new);
    return rows
        .selectExpr("concat_ws(',', " + String.join(",", columns) + ")")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private List<String> late(Mart mart) {
    return new TableCatalog(events.gold.spark, events.gold.warehouse)
        .read(TableName.late(mart.name())).select("id").collectAsList().stream()
            .map(row -> Long.toString(row.getLong(0)))
            .sorted()
            .toList();
  }

  private List<String> expected(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".csv")).stream().sorted().toList();
  }
}
