package io.assay.bronze.file;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
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
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.job.JobContext;
import io.assay.job.Pending;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** A project with one dataset, {@code t}, whose files lie in the folder {@code in}. */
final class Landing {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  static final TableName TABLE = TableName.bronze("t");

  final SparkSession spark = TestSpark.session();
  private final Path folder;
  private final Source.Files source;
  private final int files;
  private final Map<String, Connection> connections;
  private int runs;

  Landing(Path folder, Source.Files source, int files, Map<String, Connection> connections) {
    this.folder = folder;
    this.source = source;
    this.files = files;
    this.connections = connections;
  }

  static Landing of(Path folder, FileFormat format) {
    return of(folder, format, 1000);
  }

  static Landing of(Path folder, FileFormat format, int files) {
    Source.Limits limits = new Source.Limits(1 << 20, 20);
    Source.Files source =
        new Source.Files(Optional.empty(), "in/*", format, "UTF-8", Source.Csv.DEFAULT, limits);
    return new Landing(folder, source, files, Map.of());
  }

  Path file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path file(String name, byte[] content) {
    try {
      Path file = folder.resolve("in").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void touch(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BatchResult run() {
    return run(CommitSeam.DIRECT);
  }

  BatchResult run(CommitSeam seam) {
    JobContext context =
        new JobContext(spark, project(), CLOCK, "run-" + ++runs, seam, Decision.NONE);
    return new FileIngestJob(dataset(), source).run(context);
  }

  Pending pending() {
    return new FileIngestion()
        .pending(project(), dataset(), spark.sparkContext().hadoopConfiguration());
  }

  Dataset<Row> rows() {
    return spark.read().format("delta").load(warehouse().path(TABLE).toString());
  }

  /** The rows, sorted, each as the text of these expressions. */
  List<String> rows(String... expressions) {
    return rows().selectExpr(expressions).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  long version() {
    return new TableLog(spark, warehouse(), TABLE).state().version();
  }

  BatchLedger ledger() {
    return new BatchLedger(warehouse(), TABLE, spark.sparkContext().hadoopConfiguration());
  }

  private Warehouse warehouse() {
    return new Warehouse(new org.apache.hadoop.fs.Path(folder.resolve("warehouse").toUri()));
  }

  private Project project() {
    ProjectSettings settings =
        new ProjectSettings(
            "test",
            "warehouse",
            ZoneOffset.UTC,
            Gate.DEFAULT,
            BatchLimits.DEFAULT,
            connections,
            Map.of(),
            Map.of());
    return new Project(
        new org.apache.hadoop.fs.Path(folder.toUri()),
        "",
        warehouse(),
        settings,
        Map.of(),
        Map.of(),
        Map.of());
  }

  private io.assay.config.Dataset dataset() {
    DatasetPipeline pipeline =
        new DatasetPipeline(
            source,
            Format.PLAIN,
            Optional.empty(),
            Optional.empty(),
            ZoneOffset.UTC,
            Map.of(),
            Optional.empty(),
            History.NONE,
            DatasetPipeline.Drift.RESCUE,
            Optional.empty(),
            Gate.DEFAULT,
            new BatchLimits(1_000_000, files),
            Optional.empty());
    List<ContractColumn> columns = Stream.of("a", "b").map(Landing::column).toList();
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
    return new io.assay.config.Dataset(
        "t", new org.apache.hadoop.fs.Path(folder.toUri()), pipeline, contract);
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
