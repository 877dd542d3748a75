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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A project with one dataset, customers, that keeps every version; a test lands its files. */
final class CustomerProject {
  static final TableName CUSTOMERS = TableName.silver("customers");

  private final Path folder;

  CustomerProject(Path folder) throws Exception {
    this.folder = folder;
    Path original = Path.of(CustomerProject.class.getResource("/spec-project").toURI());
    for (String file :
        List.of(
            "assay.yaml",
            "datasets/customers/pipeline.yaml",
            "datasets/customers/contract.odcs.yaml")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(original.resolve(file), folder.resolve(file));
    }
  }

  /** Changes what a file of the project says. */
  void change(String file, String before, String after) throws Exception {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(before);
    Files.writeString(folder.resolve(file), text.replace(before, after));
  }

  Project load() {
    return ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());
  }

  /**
   * Lands a file, and brings silver up to date.
   *
   * @param changes {@code customer city day operation} each; a dash for null
   */
  void land(String file, String... changes) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String change : changes) {
      String[] words = change.split(" ");
      lines.append(
          """
          {"customer_id": "%s", "city": "%s", "updated_at": "2026-01-%sT00:00:00Z", "op": "%s"}
          """
              .formatted((Object[]) words)
              .replace("\"-\"", "null"));
    }
    Files.createDirectories(folder.resolve("incoming"));
    Files.writeString(folder.resolve("incoming").resolve(file), lines);
    Project project = load();
    for (TableName table : List.of(TableName.bronze("customers"), CUSTOMERS)) {
      assertThat(ProjectJobs.job(project, table).run(context(project)).outcome())
          .isEqualTo(Outcome.SUCCEEDED);
    }
  }

  static JobContext context(Project project) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    return new JobContext(
        TestSpark.session(), project, clock, "run", CommitSeam.DIRECT, Decision.NONE);
  }
}
