package io.assay.gold;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.BatchLimits;
import io.assay.config.Gate;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.config.ProjectSettings;
import io.assay.config.Retry;
import io.assay.config.Streaming;
import io.assay.contract.Contract;
import io.assay.job.JobContext;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A warehouse with input tables, and marts run on it. */
final class MartFixture {
  final SparkSession spark = TestSpark.session();
  final Warehouse warehouse;
  final Map<String, SqlFunction> functions = new TreeMap<>();
  private int run;

  MartFixture(java.nio.file.Path folder) {
    this.warehouse = new Warehouse(new Path(folder.toUri()));
  }

  /** Appends the rows of a VALUES list to a table, as the layers' writers do: with _batch. */
  void append(TableName table, String select) {
    write(table, select, SaveMode.Append);
  }

  void overwrite(TableName table, String select) {
    write(table, select, SaveMode.Overwrite);
  }

  private void write(TableName table, String select, SaveMode mode) {
    spark
        .sql("SELECT *, 1L AS _batch FROM (" + select + ")")
        .write()
        .format("delta")
        .mode(mode)
        .save(warehouse.path(table).toString());
  }

  BatchResult run(Mart mart) {
    return run(mart, Decision.NONE);
  }

  BatchResult run(Mart mart, Decision decision) {
    return run(mart, decision, CommitSeam.DIRECT);
  }

  BatchResult run(Mart mart, CommitSeam seam) {
    return run(mart, Decision.NONE, seam);
  }

  BatchResult run(Mart mart, Decision decision, CommitSeam seam) {
    return new MartJob(mart).run(context(mart, decision, seam));
  }

  BatchResult rebuild(Mart mart) {
    return rebuild(mart, Decision.NONE, CommitSeam.DIRECT);
  }

  BatchResult rebuild(Mart mart, Decision decision, CommitSeam seam) {
    return new MartRebuildJob(mart).run(context(mart, decision, seam));
  }

  private JobContext context(Mart mart, Decision decision, CommitSeam seam) {
    run++;
    return new JobContext(
        spark,
        project(mart),
        Clock.fixed(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(run), ZoneOffset.UTC),
        "run-%03d".formatted(run),
        seam,
        decision);
  }

  Mart mart(String name, String sql, Contract contract, String... clusterBy) {
    return new Mart(
        name,
        new Path("file:///project/marts/" + name),
        sql,
        SqlQuery.parse(sql).tables(),
        new Mart.MartPipeline(
            List.of(clusterBy),
            Optional.empty(),
            Optional.empty(),
            Mart.Incremental.NEVER,
            0.5,
            Optional.empty(),
            Map.of()),
        contract);
  }

  /** The same mart, brought up to date in another way. */
  static Mart maintained(Mart mart, Mart.Incremental incremental, double fullAbove) {
    return new Mart(
        mart.name(),
        mart.folder(),
        mart.sql(),
        mart.inputs(),
        new Mart.MartPipeline(
            mart.pipeline().clusterBy(),
            Optional.empty(),
            Optional.empty(),
            incremental,
            fullAbove,
            mart.pipeline().windows(),
            mart.pipeline().publish()),
        mart.contract());
  }

  /** {@code gold.sales}, how many of {@code silver.orders} each city has; always from changes. */
  Mart sales() {
    return maintained(
        mart(
            "sales",
            "SELECT city, count(*) AS orders FROM silver.orders GROUP BY city",
            Contracts.of("", 1, List.of(), List.of(), "city string", "orders bigint")),
        Mart.Incremental.STRICT,
        1);
  }

  /** The mart beside what its query gives. */
  MartProof.Result proof(Mart mart) {
    return new MartProof(spark, warehouse).compare(mart, OptionalInt.empty(), 10).orElseThrow();
  }

  List<String> rows(TableName table) {
    return new TableCatalog(spark, warehouse)
        .read(table).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private Project project(Mart mart) {
    return new Project(
        new Path("file:///project"),
        "",
        warehouse,
        new ProjectSettings(
            "test",
            "warehouse",
            ZoneOffset.UTC,
            Gate.DEFAULT,
            BatchLimits.DEFAULT,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Retry.DEFAULT,
            Streaming.DEFAULT),
        Map.of(),
        Map.of(mart.name(), mart),
        functions);
  }
}
