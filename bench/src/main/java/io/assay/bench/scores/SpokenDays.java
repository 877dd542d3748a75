package io.assay.bench.scores;

import io.assay.batch.MeasuredBatch;
import io.assay.batch.Metric;
import io.assay.contract.BatchRule;
import io.assay.ops.QualityMetrics;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** What examples/temperature says of its days. */
final class SpokenDays {
  private static final String DATASET = "readings";
  private static final TableName TABLE = TableName.silver(DATASET);

  private final ExampleRun run;

  SpokenDays(ExampleRun run) {
    this.run = run;
  }

  /**
   * Makes a file of each day.
   *
   * @param example its folder, which has a script for that
   */
  static void split(Path example, Path file, Path days) throws IOException, InterruptedException {
    ExampleRun.remove(days);
    Process python =
        new ProcessBuilder(
                "python3",
                example.resolve("split_days.py").toString(),
                file.toString(),
                days.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (python.waitFor() != 0) {
      throw new IllegalStateException("cannot split " + file + " into days");
    }
  }

  DayScores scores(List<Window> windows) {
    Set<String> rules =
        run.project().datasets().get(DATASET).contract().batchRules().stream()
            .filter(rule -> rule.deviation().isPresent())
            .map(BatchRule::name)
            .collect(Collectors.toSet());
    Map<Long, LocalDate> days = days();
    SortedMap<LocalDate, SortedSet<String>> spoke = new TreeMap<>();
    Set<Long> judged = new TreeSet<>();
    for (MeasuredBatch batch :
        new QualityMetrics(run.spark(), run.project().warehouse()).of(TABLE)) {
      for (Metric metric : batch.metrics()) {
        if (rules.contains(metric.rule()) && !metric.outcome().equals("unknown")) {
          judged.add(batch.batch());
          if (!metric.outcome().equals("passed")) {
            spoke
                .computeIfAbsent(days.get(batch.batch()), none -> new TreeSet<>())
                .add(metric.rule());
          }
        }
      }
    }
    return new DayScores(windows, judged.size(), spoke);
  }

  /** The day of each batch. */
  private Map<Long, LocalDate> days() {
    TableLog log = new TableLog(run.spark(), run.project().warehouse(), TABLE);
    Map<Long, LocalDate> days = new HashMap<>();
    for (Row row :
        log.read(log.state().version())
            .selectExpr(RowColumns.BATCH, "CAST(to_date(read_at) AS STRING)")
            .distinct()
            .collectAsList()) {
      LocalDate day = LocalDate.parse(row.getString(1));
      if (days.put(row.getLong(0), day) != null) {
        throw new IllegalStateException("batch " + row.getLong(0) + " has more than one day");
      }
    }
    return days;
  }
}
