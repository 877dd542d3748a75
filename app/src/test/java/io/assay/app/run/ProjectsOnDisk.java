package io.assay.app.run;

import io.assay.app.operate.SqlStatement;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/** Projects that a test writes into folders side by side, and runs. */
public final class ProjectsOnDisk {
  private final Path folder;
  private int runs;

  public ProjectsOnDisk(Path folder) {
    this.folder = folder;
  }

  public void write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the contract of a dataset or mart.
   *
   * @param below its folder
   * @param columns each a name and a type, and {@code key} or {@code personal} if it is so
   */
  public void contract(String below, String... columns) {
    String name = below.substring(below.lastIndexOf('/') + 1);
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: v3.1.0\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\n");
    text.append("schema:\n  - name: %1$s\n    description: All %1$s.\n".formatted(name));
    text.append("    properties:\n");
    for (String column : columns) {
      List<String> words = List.of(column.split(" "));
      text.append(
          "      - {name: %1$s, logicalType: %2$s, primaryKey: %3$b, tags: [%4$s], description: The %1$s.}\n"
              .formatted(
                  words.get(0),
                  words.get(1),
                  words.contains("key"),
                  words.contains("personal") ? "pii" : ""));
    }
    write(below + "/contract.odcs.yaml", text.toString());
  }

  public Project project(String name) {
    return ProjectLoader.load(
        ProjectLocation.of(folder.resolve(name).toString()), "", List.of(), Map.of());
  }

  /** Each job of the plan with what waits for it. */
  public static List<String> pending(Project project) {
    return new Planner(project, new Configuration())
        .plan(List.of()).jobs().stream().map(j -> j.table() + " " + j.pending().text()).toList();
  }

  /** Runs the jobs that the selectors name, all by default, one after the other. */
  public List<JobReport> run(Project project, String... selectors) {
    runs++;
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            Clock.systemUTC(),
            "20260101T000000Z-%06d".formatted(runs),
            CommitSeam.DIRECT,
            Decision.NONE);
    List<JobReport> reports = new ArrayList<>();
    Planner planner = new Planner(project, new Configuration());
    for (PlannedJob job : planner.plan(List.of(selectors)).jobs()) {
      reports.add(JobReport.of(ProjectJobs.job(project, job.table()), context));
    }
    return reports;
  }

  /** The answer's rows as text, sorted. */
  public static List<String> rows(Project project, String query) {
    return new SqlStatement(TestSpark.session(), project)
        .rows(query).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
