package io.assay.app.operate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.assay.app.plan.JobGraph;
import io.assay.config.Dataset;
import io.assay.config.Payload;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.comparison.SnapshotRows;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.Layer;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Finds the snapshot that a table is to be compared with. */
final class Snapshots {
  private final SparkSession spark;
  private final Project project;
  private final Dataset dataset;

  Snapshots(SparkSession spark, Project project, Dataset dataset) {
    this.spark = spark;
    this.project = project;
    this.dataset = dataset;
  }

  /**
   * The rows behind a name or a path.
   *
   * @param snapshot a bronze table (what its newest batch landed), a silver or gold table, or the
   *     path of CSV, JSON lines or Parquet files
   */
  SnapshotRows rows(String snapshot) {
    Optional<TableName> table = TableName.parse(snapshot);
    if (table.isEmpty()) {
      return SnapshotRows.raw(files(snapshot), configuration(Payload.COLUMNS, Optional.empty()));
    }
    requireKnown(table.get());
    return table.get().layer() == Layer.BRONZE
        ? SnapshotRows.raw(newest(table.get()), configuration(table.get()))
        : SnapshotRows.typed(new TableCatalog(spark, project.warehouse()).read(table.get()));
  }

  private void requireKnown(TableName table) {
    JobGraph graph = JobGraph.of(project);
    if (graph.writer(table).isEmpty() && !project.warehouse().imports().containsKey(table)) {
      throw new AssayException(
          ExitCode.USAGE,
          "this project has no table %s%s"
              .formatted(
                  table,
                  Nearest.hint(
                      table.toString(), graph.jobs().stream().map(TableName::toString).toList())));
    }
  }

  private CleanConfiguration configuration(Payload payload, Optional<String> explode) {
    return CleanConfiguration.of(project, dataset).ofSnapshot(payload, explode);
  }

  private CleanConfiguration configuration(TableName bronze) {
    Dataset landed = project.datasets().get(bronze.name());
    return landed == null
        ? configuration(Payload.COLUMNS, Optional.empty())
        : configuration(landed.pipeline().source().payload(project), landed.pipeline().explode());
  }

  private org.apache.spark.sql.Dataset<Row> newest(TableName bronze) {
    TableLog log = new TableLog(spark, project.warehouse(), bronze);
    TableState state = log.state();
    if (!state.exists()) {
      throw new AssayException(
          ExitCode.FAILURE,
          bronze
              + " holds nothing yet, so there is no snapshot to compare with: "
              + new TableCatalog(spark, project.warehouse()).source(bronze));
    }
    org.apache.spark.sql.Dataset<Row> rows = log.read(state.version());
    Object batch = rows.agg(max(RowColumns.BATCH)).first().get(0);
    return rows.where(col(RowColumns.BATCH).equalTo(lit(batch)));
  }

  private org.apache.spark.sql.Dataset<Row> files(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    try {
      if (name.endsWith(".csv")) {
        return spark.read().option("header", "true").csv(path);
      }
      if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        return spark.read().option("primitivesAsString", "true").json(path);
      }
      if (name.endsWith(".parquet")) {
        return spark.read().parquet(path);
      }
    } catch (Exception e) {
      // Scala does not declare what it throws, so the compiler would not let it be named above.
      if (e instanceof AnalysisException problem) {
        throw new AssayException(
            ExitCode.FAILURE,
            "cannot read the snapshot %s: %s"
                .formatted(path, problem.getSimpleMessage().lines().findFirst().orElse("")),
            problem);
      }
      throw e;
    }
    throw new AssayException(
        ExitCode.USAGE,
        "--snapshot %s is neither a table, such as bronze.%s_snapshot, nor a file that ends in .csv, .json, .jsonl or .parquet"
            .formatted(path, dataset.name()));
  }
}
