package io.assay.app.plan;

import io.assay.config.Mart;
import io.assay.config.Mart.Incremental;
import io.assay.config.Project;
import io.assay.config.Windows;
import io.assay.document.Problem;
import io.assay.gold.MartObstacles;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How the marts of a project are brought up to date, told without a session. */
public final class MartMaintenance {
  private static final String IN_FULL = "computed in full: ";

  private final Project project;
  private final TableShapes shapes;

  public MartMaintenance(Project project) {
    this.project = project;
    this.shapes = new TableShapes(project);
  }

  /**
   * How a job's next version is computed once there is one before it: {@code incremental}, or in
   * full and why. Empty for a job that fills no mart.
   */
  public Optional<String> of(TableName job) {
    Mart mart = project.marts().get(job.name());
    if (!job.equals(TableName.gold(job.name())) || mart == null) {
      return Optional.empty();
    }
    if (mart.pipeline().windows().isPresent()) {
      return Optional.of(windows(mart, mart.pipeline().windows().get()));
    }
    if (mart.pipeline().incremental() == Incremental.NEVER) {
      return Optional.of(IN_FULL + "incremental is never");
    }
    return Optional.of(
        obstacles(mart)
            .map(found -> found.isEmpty() ? "incremental" : IN_FULL + String.join("; ", found))
            .orElse("incremental if its query allows it, which is seen when it runs"));
  }

  private static String windows(Mart mart, Windows windows) {
    return "windows of %s, added when an event is there that is %s newer; late ones go to %s"
        .formatted(windows.of(), windows.lateness(), TableName.late(mart.name()));
  }

  /** The marts that are to be strict, or made of windows, and cannot be. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Mart mart : project.marts().values()) {
      if (mart.pipeline().windows().isPresent()) {
        for (String obstacle : obstacles(mart).orElse(List.of())) {
          problems.add(
              new Problem(
                  file(mart),
                  0,
                  0,
                  "windows",
                  "the query cannot be made window by window: " + obstacle));
        }
      } else if (mart.pipeline().incremental() == Incremental.STRICT) {
        for (String obstacle : obstacles(mart).orElse(List.of())) {
          problems.add(
              new Problem(
                  file(mart),
                  0,
                  0,
                  "incremental",
                  "is strict, and the query cannot be maintained: " + obstacle));
        }
      }
    }
    Collections.sort(problems);
    return problems;
  }

  private String file(Mart mart) {
    return project.root().toUri().relativize(mart.folder().toUri()).getPath() + "/pipeline.yaml";
  }

  /** Empty where it uses columns that are known only when it runs: of imports, of new fields. */
  private Optional<List<String>> obstacles(Mart mart) {
    if (!Collections.disjoint(mart.inputs(), shapes.imported())) {
      return Optional.empty();
    }
    try {
      return Optional.of(MartObstacles.of(mart, project.functions(), shapes::columns));
    } catch (SqlSyntaxException e) {
      return Optional.empty();
    }
  }
}
