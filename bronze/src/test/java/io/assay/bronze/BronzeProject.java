package io.assay.bronze;

import io.assay.batch.BatchLedger;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.DatasetPipeline;
import io.assay.config.Format;
import io.assay.config.Gate;
import io.assay.config.History;
import io.assay.config.Project;
import io.assay.config.ProjectSettings;
import io.assay.config.Retry;
import io.assay.config.Source;
import io.assay.config.Streaming;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.job.JobContext;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** A project with one dataset, {@code t}, and its warehouse. */
public final class BronzeProject {
  public static final TableName TABLE = TableName.bronze("t");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final SparkSession spark = TestSpark.session();
  private final Path folder;
  private final Map<String, Connection> connections;
  private Map<String, io.assay.config.Dataset> datasets = Map.of();
  private ZoneId zone = ZoneOffset.UTC;
  private int runs;

  public BronzeProject(Path folder, Map<String, Connection> connections) {
    this.folder = folder;
    this.connections = connections;
  }

  /** From now on its times without a zone are of that one. */
  public void in(ZoneId other) {
    zone = other;
  }

  /** Of the next run. */
  public JobContext context(CommitSeam seam, Decision decision) {
    return new JobContext(spark, project(), CLOCK, "run-" + ++runs, seam, decision);
  }

  public SparkSession spark() {
    return spark;
  }

  public Dataset<Row> rows() {
    return spark.read().format("delta").load(warehouse().path(TABLE).toString());
  }

  /** The rows, sorted, each as the text of these expressions. */
  public List<String> rows(String... expressions) {
    return rows().selectExpr(expressions).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  public long version() {
    return new TableLog(spark, warehouse(), TABLE).state().version();
  }

  public BatchLedger ledger() {
    return new BatchLedger(warehouse(), TABLE, spark.sparkContext().hadoopConfiguration());
  }

  /** What the newest batch tells of columns. */
  public List<String> changes() {
    return ledger().lastDone().orElseThrow().end().schema().orElseThrow().changes().stream()
        .map(
            change ->
                "%s %s %s %s %s"
                    .formatted(
                        change.column(),
                        change.kind().label(),
                        change.before().orElse("-"),
                        change.after().orElse("-"),
                        change.action()))
        .toList();
  }

  private Warehouse warehouse() {
    return new Warehouse(new org.apache.hadoop.fs.Path(folder.resolve("warehouse").toUri()));
  }

  public Project project() {
    ProjectSettings settings =
        new ProjectSettings(
            "test",
            "warehouse",
            ZoneOffset.UTC,
            Gate.DEFAULT,
            BatchLimits.DEFAULT,
            connections,
            Map.of(),
            Map.of(),
            Map.of(),
            Retry.DEFAULT,
            Streaming.DEFAULT);
    return new Project(
        new org.apache.hadoop.fs.Path(folder.toUri()),
        "",
        warehouse(),
        settings,
        datasets,
        Map.of(),
        Map.of());
  }

  /** The dataset with this source; from now on the project's. */
  public io.assay.config.Dataset dataset(Source source, BatchLimits limits) {
    DatasetPipeline pipeline =
        new DatasetPipeline(
            source,
            Format.PLAIN,
            Optional.empty(),
            Optional.empty(),
            zone,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            History.NONE,
            DatasetPipeline.Drift.RESCUE,
            Optional.empty(),
            Gate.DEFAULT,
            limits,
            Optional.empty(),
            Optional.empty());
    List<ContractColumn> columns = Stream.of("a", "b").map(BronzeProject::column).toList();
    Contract contract =
        new Contract(
            "t",
            "1.0.0",
            "t",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            columns,
            List.of(),
            List.of());
    io.assay.config.Dataset dataset =
        new io.assay.config.Dataset(
            "t", new org.apache.hadoop.fs.Path(folder.toUri()), pipeline, contract);
    datasets = Map.of(dataset.name(), dataset);
    return dataset;
  }

  private static ContractColumn column(String name) {
    return new ContractColumn(
        name,
        Optional.empty(),
        DataTypes.StringType,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
