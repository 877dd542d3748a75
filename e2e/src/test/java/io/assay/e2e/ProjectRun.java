package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.TableProof;
import io.assay.app.plan.JobGraph;
import io.assay.app.plan.Plan;
import io.assay.app.plan.Planner;
import io.assay.app.run.PlanRun;
import io.assay.app.run.ProjectJobs;
import io.assay.app.run.RunListener;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.MeasuredBatch;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.job.RunId;
import io.assay.ops.Discrepancy;
import io.assay.ops.OpsTables;
import io.assay.ops.QualityMetrics;
import io.assay.table.Layer;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A project that a test runs and looks into. */
final class ProjectRun {
  private static final RunListener NOBODY =
      new RunListener() {
        @Override
        public void started(TableName table) {}

        @Override
        public void finished(JobReport report) {}
      };

  private final SparkSession spark;
  private final Project project;

  /** A project of this repository, with a warehouse of the test's. */
  static Project project(Path folder, Path warehouse, Map<String, String> environment) {
    return ProjectLoader.load(
        ProjectLocation.of(folder.toString()), "", List.of("warehouse=" + warehouse), environment);
  }

  ProjectRun(SparkSession spark, Project project) {
    this.spark = spark;
    this.project = project;
  }

  /** Runs the whole project. */
  List<JobReport> run() {
    Plan plan = new Planner(project, spark.sessionState().newHadoopConf()).plan(List.of());
    Clock clock = Clock.systemUTC();
    JobContext context =
        new JobContext(spark, project, clock, RunId.next(clock), CommitSeam.DIRECT, Decision.NONE);
    return new PlanRun(plan, table -> ProjectJobs.job(project, table), context, NOBODY).execute(2);
  }

  /** Fails unless each job succeeded with something new. */
  static void assertSucceeded(List<JobReport> reports) {
    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.text())
                    .isEqualTo(Outcome.SUCCEEDED));
  }

  /** Fails unless each job succeeded, or found nothing new. */
  static void assertSound(List<JobReport> reports) {
    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.text())
                    .isIn(Outcome.SUCCEEDED, Outcome.UNCHANGED));
  }

  /** Rows as lines of these expressions, sorted. */
  static List<String> lines(Dataset<Row> rows, String... expressions) {
    return rows
        .selectExpr("concat_ws(' ', " + String.join(", ", expressions) + ")")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  /** What the batches of a table measured, oldest first. */
  List<MeasuredBatch> measured(TableName table) {
    new OpsTables(spark, project.warehouse()).refresh();
    return new QualityMetrics(spark, project.warehouse()).of(table);
  }

  /** What an expression gives for each row of a dataset, as text, in the order of {@code id}. */
  List<String> texts(String dataset, String expression) {
    return read(TableName.silver(dataset))
        .orderBy("id")
        .selectExpr("cast(" + expression + " as string)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** The rows behind a public name, without internal columns. */
  Dataset<Row> read(TableName table) {
    return new TableCatalog(spark, project.warehouse()).read(table);
  }

  /** The rows of a stored table, with internal columns. */
  Dataset<Row> stored(TableName table) {
    TableLog log = log(table);
    return log.read(log.state().version());
  }

  /** How many rows a stored table has; none if it does not exist. */
  long count(TableName table) {
    return log(table).state().exists() ? log(table).rows() : 0;
  }

  /**
   * The rows that an append-only table got after a version; fails if its commits removed or rewrote
   * any.
   */
  Dataset<Row> addedSince(TableName table, long version) {
    TableState state = log(table).state();
    return log(table).read(new TableRange(table, state.id(), version, state.version(), 0));
  }

  /** The version of every stored table outside ops. */
  Map<TableName, Long> versions() {
    Map<TableName, Long> versions = new TreeMap<>();
    for (Layer layer : List.of(Layer.BRONZE, Layer.SILVER, Layer.QUARANTINE, Layer.GOLD)) {
      Path folder =
          Path.of(new org.apache.hadoop.fs.Path(project.warehouse().root(), layer.label()).toUri());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> tables = Files.list(folder)) {
          tables
              .map(table -> TableName.of(layer.label() + "." + table.getFileName()))
              .forEach(table -> versions.put(table, log(table).state().version()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return versions;
  }

  /** Wherever a table is not what its accounts and its events say. */
  List<Discrepancy> discrepancies() {
    TableProof proof = new TableProof(spark, project);
    return JobGraph.of(project).jobs().stream()
        .filter(
            job -> log(new TableCatalog(spark, project.warehouse()).stored(job)).state().exists())
        .flatMap(job -> proof.check(job).stream())
        .toList();
  }

  private TableLog log(TableName table) {
    return new TableLog(spark, project.warehouse(), table);
  }
}
