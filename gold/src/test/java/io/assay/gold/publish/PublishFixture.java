package io.assay.gold.publish;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.Gate;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.config.ProjectSettings;
import io.assay.config.Publication;
import io.assay.config.Retry;
import io.assay.config.Streaming;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;

/** A warehouse with one mart, {@code gold.people}, that tests write and publish. */
final class PublishFixture {
  static final TableName MART = TableName.gold("people");
  static final TableName COPY = TableName.publish("copy");

  final SparkSession spark = TestSpark.session();
  final Warehouse warehouse;
  final Map<String, Connection> connections = new LinkedHashMap<>();

  /** What goes out, by its name there; empty for everything. */
  Map<String, String> published = Map.of();

  Publication.Mode mode = Publication.Mode.CHANGES;
  Destination to;
  private final List<ContractColumn> columns = new ArrayList<>();
  private int run;

  PublishFixture(java.nio.file.Path folder) {
    this.warehouse = new Warehouse(new Path(folder.toUri()));
  }

  /**
   * Makes the mart, empty.
   *
   * @param keys how many of the first columns are the key
   * @param types columns written {@code name type}
   */
  void mart(int keys, String... types) {
    for (String column : types) {
      String[] parts = column.split(" ", 2);
      boolean key = columns.size() < keys;
      columns.add(
          new ContractColumn(
              parts[0],
              Optional.empty(),
              DataType.fromDDL(parts[1]),
              key,
              key ? Optional.of(columns.size() + 1) : Optional.empty(),
              Optional.empty(),
              false,
              Optional.empty()));
    }
    spark.sql(
        "CREATE TABLE %s (%s, _batch bigint) USING delta TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')"
            .formatted(table(), String.join(", ", types)));
  }

  /** The mart in SQL. */
  String table() {
    return "delta.`%s`".formatted(warehouse.path(MART));
  }

  /** Changes the mart, which TABLE stands for. */
  void change(String sql) {
    spark.sql(sql.replace("TABLE", table()));
  }

  BatchResult publish() {
    return publish(CommitSeam.DIRECT);
  }

  BatchResult publish(CommitSeam seam) {
    run++;
    Clock clock =
        Clock.fixed(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(run), ZoneOffset.UTC);
    Project project = project();
    return PublishJob.of(project, COPY.name())
        .run(new JobContext(spark, project, clock, "run-%03d".formatted(run), seam, Decision.NONE));
  }

  BatchLedger ledger() {
    return new BatchLedger(warehouse, COPY, spark.sessionState().newHadoopConf());
  }

  private Project project() {
    Publication copy = new Publication(to, published, mode, Optional.empty(), Optional.empty());
    Mart mart =
        new Mart(
            MART.name(),
            new Path("file:///project/marts/people"),
            "SELECT 1",
            Set.of(),
            new Mart.MartPipeline(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Mart.Incremental.AUTO,
                0.5,
                Optional.empty(),
                Map.of(COPY.name(), copy)),
            new Contract(
                "id",
                "1.0.0",
                MART.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.copyOf(columns),
                List.of(),
                List.of()));
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
            connections,
            Map.of(),
            Map.of(),
            Map.of(),
            Retry.DEFAULT,
            Streaming.DEFAULT),
        Map.of(),
        Map.of(MART.name(), mart),
        Map.of());
  }
}
