package io.assay.app.operate;

import io.assay.app.plan.JobGraph;
import io.assay.app.plan.TableShapes;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.ops.OpsTables;
import io.assay.table.Layer;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The public tables of a project and their rows. */
public final class ProjectTables {
  private final Project project;
  private final TableCatalog catalog;

  public ProjectTables(SparkSession spark, Project project) {
    this.project = project;
    this.catalog = new TableCatalog(spark, project.warehouse());
  }

  /** The names that can be read now, sorted by layer. */
  public List<TableName> existing() {
    return names(project).stream().filter(table -> catalog.state(table).exists()).toList();
  }

  /**
   * The newest rows of a table.
   *
   * @throws AssayException if it does not exist, or holds nothing yet
   */
  public Dataset<Row> read(TableName table) {
    return find(table)
        .orElseThrow(
            () -> {
              List<String> names = names(project).stream().map(TableName::toString).toList();
              return new AssayException(
                  ExitCode.USAGE,
                  "the project has no table " + table + Nearest.hint(table.toString(), names));
            });
  }

  /**
   * The newest rows of a table; empty if the project has none of this name.
   *
   * @throws AssayException if it holds nothing yet
   */
  public Optional<Dataset<Row>> find(TableName table) {
    return names(project).contains(table) || catalog.state(table).exists()
        ? Optional.of(catalog.read(table))
        : Optional.empty();
  }

  /** What the contract says the table is for; empty if nothing. */
  public Optional<String> description(TableName table) {
    return switch (table.layer()) {
      case SILVER ->
          Optional.ofNullable(project.datasets().get(table.name()))
              .flatMap(dataset -> dataset.contract().description());
      case GOLD ->
          Optional.ofNullable(project.marts().get(table.name()))
              .flatMap(mart -> mart.contract().description())
              .or(() -> late(table));
      case BRONZE, QUARANTINE, PUBLISH, OPS -> Optional.empty();
    };
  }

  private Optional<String> late(TableName table) {
    return table.onTime().equals(table)
        ? Optional.empty()
        : Optional.of("Events that came too late for the windows of " + table.onTime());
  }

  /** The names of all that a project will have when everything has run, sorted by layer. */
  public static SortedSet<TableName> names(Project project) {
    SortedSet<TableName> known = new TreeSet<>();
    for (TableName job : JobGraph.of(project).jobs()) {
      if (job.layer() != Layer.PUBLISH) {
        known.add(job);
      }
      if (job.layer() == Layer.SILVER) {
        known.add(TableName.quarantine(job.name()));
        if (TableShapes.versioned(project.datasets().get(job.name()))) {
          known.add(TableName.history(job.name()));
        }
      }
    }
    project.marts().values().stream()
        .filter(mart -> mart.pipeline().windows().isPresent())
        .forEach(mart -> known.add(TableName.late(mart.name())));
    known.addAll(project.warehouse().imports().keySet());
    known.addAll(
        List.of(
            OpsTables.BATCHES,
            OpsTables.QUALITY_METRICS,
            OpsTables.RUNS,
            OpsTables.SCHEMA_CHANGES));
    return known;
  }
}
