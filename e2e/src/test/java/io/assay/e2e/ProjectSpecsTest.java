package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.run.ProjectJobs;
import io.assay.app.spec.ProjectSpecs;
import io.assay.app.spec.SpecResult;
import io.assay.config.Project;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests that the projects of this repository bring along. */
@Tag("all")
class ProjectSpecsTest {
  private static final SparkSession SPARK = TestSpark.session();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf",
        "examples/online-retail",
        "examples/change-feeds",
        "examples/dirty",
        "examples/jaffle-shop",
        "examples/temperature"
      })
  void aProjectKeepsItsOwnTests(String name, @TempDir Path folder) {
    Path root = Path.of(System.getProperty("assay.root"), name);
    Project project =
        ProjectRun.project(
            root,
            folder,
            Map.of(
                "RETAIL_DATA", folder.toString(),
                "FEEDS_DATA", folder.toString(),
                "DIRTY_DATA", folder.toString(),
                "JAFFLE_DATA", folder.toString(),
                "TEMPERATURE_DATA", folder.toString()));
    List<String> failures = new ArrayList<>();

    List<SpecResult> results =
        ProjectSpecs.read(project, SPARK.sparkContext().hadoopConfiguration())
            .run(
                SPARK,
                table -> ProjectJobs.job(project, table),
                result -> {
                  if (!result.passed()) {
                    failures.add(result.toString());
                  }
                });

    assertThat(results).isNotEmpty();
    assertThat(failures).isEmpty();
  }
}
