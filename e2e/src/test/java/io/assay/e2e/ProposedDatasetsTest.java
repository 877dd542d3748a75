package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.profile.NewDataset;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets proposed for real files validate and run as they are, and lose no row. */
class ProposedDatasetsTest {
  private static final SparkSession SPARK = TestSpark.compiling();

  @TempDir Path folder;

  @Test
  void everyRowOfARealFileComesToSilver() throws IOException {
    Path data = SharedData.orAbort("dirty").getParent();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("raw_customers", "jaffle-shop/raw_customers.csv");
    files.put("raw_orders", "jaffle-shop/raw_orders.csv");
    files.put("raw_payments", "jaffle-shop/raw_payments.csv");
    files.put("beers", "dirty/beers/dirty.csv");
    files.put("flights", "dirty/flights/dirty.csv");
    files.put("retail", "online-retail/2010-12-01.csv");
    Files.writeString(
        folder.resolve("assay.yaml"),
        "project: proposed\nconnections:\n  data: {store: {root: \"%s\"}}\n".formatted(data));
    for (Map.Entry<String, String> file : files.entrySet()) {
      NewDataset.propose(
          SPARK,
          project(),
          ProjectLocation.of(folder.toString()),
          file.getKey(),
          data.resolve(file.getValue()).toString(),
          Optional.empty(),
          Map.of());
    }

    ProjectRun run = new ProjectRun(SPARK, project());
    List<JobReport> reports = run.run();

    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.toString())
                    .isEqualTo(Outcome.SUCCEEDED));
    for (Map.Entry<String, String> file : files.entrySet()) {
      // None of these files has a line break in a field.
      long lines = Files.readAllLines(data.resolve(file.getValue())).size() - 1L;
      assertThat(run.read(TableName.silver(file.getKey())).count())
          .as(file.getKey())
          .isEqualTo(lines);
    }
    assertThat(run.read(TableName.silver("raw_orders")).schema().toDDL())
        .containsIgnoringCase("id BIGINT")
        .containsIgnoringCase("order_date DATE");
    assertThat(Files.readString(folder.resolve("datasets/raw_orders/contract.odcs.yaml")))
        .contains("primaryKey: true", "status_known", "- returned");
    assertThat(Files.readString(folder.resolve("datasets/raw_customers/contract.odcs.yaml")))
        .contains("- pii");
  }

  private Project project() {
    return ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());
  }
}
