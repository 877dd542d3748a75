package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Outcome;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example on two files full of errors. */
class DirtyFilesTest {
  private static final Path EXAMPLE = Path.of(System.getProperty("assay.root"), "examples/dirty");

  @Test
  void everyRecordIsGoodOrTellsWhichOfItsColumnsAreNot(@TempDir Path folder) {
    Path data = SharedData.orAbort("dirty");
    ProjectRun run =
        new ProjectRun(
            TestSpark.compiling(),
            ProjectRun.project(EXAMPLE, folder, Map.of("DIRTY_DATA", data.toString())));

    List<JobReport> reports = run.run();

    assertThat(reports)
        .isNotEmpty()
        .allSatisfy(
            report -> {
              assertThat(report.result().outcome()).as(report.text()).isEqualTo(Outcome.SUCCEEDED);
              assertThat(report.result().account().balanced()).as(report.text()).isTrue();
            });
    assertThat(run.discrepancies()).isEmpty();
    Map.of("beers", 2_410L, "flights", 2_376L)
        .forEach(
            (dataset, records) -> {
              TableName quarantine = TableName.quarantine(dataset);
              assertThat(run.count(TableName.silver(dataset)) + run.count(quarantine))
                  .as(dataset)
                  .isEqualTo(records);
              assertThat(
                      run.read(quarantine)
                          .selectExpr("explode(reasons) AS reason")
                          .where("reason.column IS NULL")
                          .count())
                  .as("rules that %s broke without a column", dataset)
                  .isZero();
            });
    assertThat(run.count(TableName.silver("flight_reports"))).isEqualTo(2_376);
    assertThat(run.count(TableName.gold("disputed_times"))).isPositive();
  }
}
