package io.assay.app.shell;

import io.assay.app.operate.ProjectTables;
import io.assay.app.plan.TableShapes;
import io.assay.config.Project;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables and their columns, to be offered to whoever types. It never waits for Spark: until that is
 * up, columns are those of the contracts.
 */
final class NamedColumns {
  private static final Logger LOG = LoggerFactory.getLogger(NamedColumns.class);

  private final Project project;
  private final SparkStart spark;
  private final Map<TableName, List<String>> stored = new ConcurrentHashMap<>();

  NamedColumns(Project project, SparkStart spark) {
    this.project = project;
    this.spark = spark;
  }

  SortedSet<TableName> tables() {
    return ProjectTables.names(project);
  }

  List<String> functions() {
    return List.copyOf(project.functions().keySet());
  }

  List<String> of(TableName table) {
    if (!tables().contains(table)) {
      return List.of();
    }
    return spark.up() ? stored.computeIfAbsent(table, this::read) : declared(table);
  }

  private List<String> read(TableName table) {
    try {
      return List.of(new ProjectTables(spark.await(), project).read(table).columns());
    } catch (RuntimeException e) {
      // It may have no rows yet, or its store is away: nobody asked for them, so nobody is told.
      LOG.info("the columns of {} are those of its contract: {}", table, e.getMessage());
      return declared(table);
    }
  }

  private List<String> declared(TableName table) {
    TableShapes shapes = new TableShapes(project);
    boolean ours =
        table.layer() == Layer.SILVER
            ? shapes.dataset(table).isPresent()
            : !shapes.imported().contains(table);
    return ours ? Arrays.asList(shapes.columns(table).fieldNames()) : List.of();
  }
}
