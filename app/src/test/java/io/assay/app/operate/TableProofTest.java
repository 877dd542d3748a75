package io.assay.app.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.run.ProjectJobs;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableProofTest {
  private static final TableName CUSTOMERS = TableName.silver("customers");

  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;

  @Test
  void aVersionThatIsDeletedByHandIsMissedWithItsBatch() throws Exception {
    Project project = project();
    TableProof proof = new TableProof(spark, project);
    assertThat(proof.check(CUSTOMERS)).isEmpty();
    land(project, "customers-1.jsonl", "a", "Bath", "2026-01-01");
    land(project, "customers-2.jsonl", "a", "Hull", "2026-01-02");
    assertThat(proof.check(CUSTOMERS)).isEmpty();

    TableName history = TableName.history("customers");
    DeltaTable.forPath(spark, project.warehouse().path(history).toString()).delete("city = 'Hull'");
    assertThat(proof.check(CUSTOMERS))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.table()).isEqualTo(history);
              assertThat(found.batch()).isEqualTo(2);
              assertThat(found.message()).contains("1 rows are missing, 0 surplus, 0 different");
            });
  }

  private void land(Project project, String file, String customer, String city, String day)
      throws Exception {
    Files.createDirectories(folder.resolve("incoming"));
    Files.writeString(
        folder.resolve("incoming").resolve(file),
        """
        {"customer_id": "%s", "city": "%s", "updated_at": "%sT00:00:00Z", "op": "U"}
        """
            .formatted(customer, city, day));
    Clock clock = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    JobContext context =
        new JobContext(spark, project, clock, file, CommitSeam.DIRECT, Decision.NONE);
    for (TableName table : List.of(TableName.bronze("customers"), CUSTOMERS)) {
      assertThat(ProjectJobs.job(project, table).run(context).outcome())
          .isEqualTo(Outcome.SUCCEEDED);
    }
  }

  private Project project() throws Exception {
    Path original = Path.of(TableProofTest.class.getResource("/spec-project").toURI());
    for (String file :
        List.of(
            "assay.yaml",
            "datasets/customers/pipeline.yaml",
            "datasets/customers/contract.odcs.yaml")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(original.resolve(file), folder.resolve(file));
    }
    return ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());
  }
}
