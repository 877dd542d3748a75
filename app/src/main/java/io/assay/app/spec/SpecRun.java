package io.assay.app.spec;

import io.assay.app.plan.JobGraph;
import io.assay.app.plan.TableShapes;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Runs cases: writes what is given, runs the jobs round by round, compares. */
final class SpecRun {
  /** The time of every test; a minute later for each further round of batches. */
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int MINUTE = 60;
  private static final double NANOS = 1e9;

  private final SparkSession spark;
  private final Project project;
  private final Function<TableName, Job> jobs;
  private final JobGraph graph;

  SpecRun(SparkSession spark, Project project, Function<TableName, Job> jobs) {
    this.spark = spark;
    this.project = project;
    this.jobs = jobs;
    this.graph = JobGraph.of(project);
  }

  SpecResult run(SpecCase specCase) {
    long start = System.nanoTime();
    Path folder = temporaryFolder();
    try {
      List<String> differences = run(specCase, in(folder));
      return new SpecResult(
          specCase.file(),
          specCase.line(),
          specCase.name(),
          (System.nanoTime() - start) / NANOS,
          differences);
    } finally {
      delete(folder);
    }
  }

  private List<String> run(SpecCase specCase, Project there) {
    SpecJobs selected = SpecJobs.of(specCase, graph, project);
    SpecTables tables = new SpecTables(spark, there);
    tables.writeEmpty(selected.absent(there, specCase.given().keySet()));
    SpecOutcomes outcomes = new SpecOutcomes();
    for (int round = 0; round < specCase.rounds(); round++) {
      Clock clock = Clock.fixed(START.plusSeconds((long) round * MINUTE), ZoneOffset.UTC);
      for (TableName table : specCase.given().keySet()) {
        List<SpecCase.Batch> batches = specCase.given().get(table);
        if (round < batches.size()) {
          tables.write(table, batches.get(round), clock.instant());
        }
      }
      JobContext context =
          new JobContext(
              spark, there, clock, "test-" + (round + 1), CommitSeam.DIRECT, Decision.NONE);
      outcomes.nextRound();
      for (TableName table : selected.jobs()) {
        outcomes.run(jobs.apply(table), context, graph.upstream().get(table));
      }
    }
    return new SpecJudge(specCase, new TableShapes(there), tables).differences(outcomes);
  }

  private Project in(Path folder) {
    return new Project(
        project.root(),
        project.environment(),
        new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri())),
        project.settings(),
        project.datasets(),
        project.marts(),
        project.functions());
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("assay-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
