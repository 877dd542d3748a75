package io.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchProtocol;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.batch.MeasuredBatch;
import io.assay.ops.AccountProof;
import io.assay.ops.Discrepancy;
import io.assay.ops.OpsTables;
import io.assay.ops.QualityMetrics;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.history.HistoryDefinition;
import io.assay.silver.history.HistoryProof;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** A warehouse with a bronze table that a test fills, and the silver job's work on it. */
final class CleanFixture {
  static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

  private static final String KEY = "the_key";

  private final SparkSession spark = TestSpark.session();
  private final Warehouse warehouse;
  private RebuildPreview told;
  private int landings;

  CleanFixture(java.nio.file.Path folder) {
    this.warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  /**
   * Lands rows, as one file read in order.
   *
   * @param sql a query for the source's columns; {@code _problem} among them if it has any
   */
  void land(TableName bronze, String file, String sql) {
    land(bronze, file, spark.sql(sql).withColumn(KEY, lit(null).cast("string")));
  }

  /**
   * Lands messages, in order.
   *
   * @param messages key, value, key, value; each may be null
   */
  void landMessages(TableName bronze, String file, String... messages) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < messages.length; i += 2) {
      rows.add(RowFactory.create(messages[i], messages[i + 1]));
    }
    StructType schema = StructType.fromDDL(KEY + " string, _value string");
    land(bronze, file, spark.createDataFrame(rows, schema));
  }

  private void land(TableName bronze, String file, Dataset<Row> unordered) {
    Dataset<Row> rows = unordered.coalesce(1);
    Instant landed = NOW.minusSeconds(60).plusSeconds(landings++);
    Column position =
        functions.row_number().over(Window.orderBy(functions.monotonically_increasing_id()));
    rows.withColumn(
            RowColumns.SOURCE,
            struct(
                lit(file).as("origin"),
                position.minus(1).cast("bigint").as("position"),
                col(KEY).as("key")))
        .drop(KEY)
        .withColumn(RowColumns.INGESTED_AT, lit(java.sql.Timestamp.from(landed)))
        .withColumn(RowColumns.RUN_ID, lit("landing"))
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .save(warehouse.path(bronze).toString());
  }

  /** Removes a table altogether. */
  void drop(TableName table) throws java.io.IOException {
    org.apache.hadoop.fs.Path path = warehouse.path(table);
    path.getFileSystem(spark.sessionState().newHadoopConf()).delete(path, true);
  }

  BatchResult run(CleanConfiguration configuration) {
    return run(configuration, Decision.NONE);
  }

  BatchResult run(CleanConfiguration configuration, Decision decision) {
    return protocol(CommitSeam.DIRECT, decision).run(work(configuration));
  }

  BatchResult run(CleanConfiguration configuration, CommitSeam seam) {
    return protocol(seam, Decision.NONE).run(work(configuration));
  }

  /** Runs in batches of as few rows as can be: each landing is one. */
  BatchResult runInSmallBatches(CleanConfiguration configuration) {
    return protocol(CommitSeam.DIRECT, Decision.NONE)
        .run(new CleanWork(spark, warehouse, configuration, 1));
  }

  /** The first batch, as an intent that was written before has it. */
  BatchAttempt firstBatch(CleanConfiguration configuration) {
    return firstRows(configuration, 1);
  }

  /** The first rows as a batch of a number, as an intent that was written before has it. */
  BatchAttempt firstRows(CleanConfiguration configuration, long batch) {
    CleanWork work = work(configuration);
    return work.attempt(
        new Intent(
            "test",
            work.table(),
            1,
            batch,
            "run",
            NOW,
            work.pending(Optional.empty()).orElseThrow(),
            work.pins(),
            work.configuration(),
            Decision.NONE));
  }

  /** What a rebuild would change. */
  RebuildPreview rehearse(CleanConfiguration configuration) {
    return rebuild(configuration, Decision.NONE)
        .rehearse(protocol(CommitSeam.DIRECT, Decision.NONE));
  }

  BatchResult replay(CleanConfiguration configuration) {
    return replay(configuration, Filter.ALL, Decision.NONE, CommitSeam.DIRECT);
  }

  BatchResult replay(
      CleanConfiguration configuration, Filter filter, Decision decision, CommitSeam seam) {
    CleanWork work = work(configuration);
    return protocol(seam, decision).replay(work, ledger -> work.replays(ledger, filter));
  }

  BatchResult rebuild(CleanConfiguration configuration) {
    return rebuild(configuration, Decision.NONE, CommitSeam.DIRECT);
  }

  BatchResult rebuild(CleanConfiguration configuration, Decision decision, CommitSeam seam) {
    return rebuild(configuration, decision)
        .apply(protocol(seam, decision), preview -> told = preview);
  }

  /** What the newest rebuild said before it changed anything. */
  RebuildPreview told() {
    return told;
  }

  private Rebuild rebuild(CleanConfiguration configuration, Decision decision) {
    return new Rebuild(spark, warehouse, work(configuration), decision, NOW);
  }

  /** Whether a batch of that input that is held gives way. */
  boolean outdated(CleanConfiguration configuration, TableRange held) {
    return work(configuration).outdated(new BatchInput.Tables(List.of(held)));
  }

  private CleanWork work(CleanConfiguration configuration) {
    return new CleanWork(spark, warehouse, configuration, 1_000);
  }

  private BatchProtocol protocol(CommitSeam seam, Decision decision) {
    return new BatchProtocol(
        spark, warehouse, "test", Clock.fixed(NOW, ZoneOffset.UTC), "run", seam, decision);
  }

  /** Whether the stored history is what its events give. */
  boolean proved(CleanConfiguration configuration) {
    HistoryDefinition definition =
        HistoryDefinition.of(
            configuration.dataset(), configuration.history(), configuration.contract());
    return new HistoryProof(spark, warehouse, definition).compare().holds();
  }

  /** Whether a folder of a rebuild was left behind. */
  boolean leavesShadow(TableName table) throws java.io.IOException {
    org.apache.hadoop.fs.Path path = warehouse.beside(table, table).root();
    return path.getFileSystem(spark.sessionState().newHadoopConf()).exists(path);
  }

  /** Removes rows behind Assay's back. */
  void delete(TableName table, String condition) {
    io.delta.tables.DeltaTable.forPath(spark, warehouse.path(table).toString()).delete(condition);
  }

  static Decision accept(String rule) {
    return new Decision(Map.of(rule, "seen and fine"), Optional.empty());
  }

  static Decision reject() {
    return new Decision(Map.of(), Optional.of("sent twice"));
  }

  BatchLedger ledger(TableName table) {
    return new BatchLedger(warehouse, table, spark.sessionState().newHadoopConf());
  }

  /** What {@code ops.quality_metrics} tells of a table, once it is brought up to date. */
  List<MeasuredBatch> measured(TableName table) {
    new OpsTables(spark, warehouse).refresh();
    return new QualityMetrics(spark, warehouse).of(table);
  }

  /** What {@code ops.schema_changes} tells of a table, once it is brought up to date. */
  List<String> schemaChanges(TableName table) {
    new OpsTables(spark, warehouse).refresh();
    return read(OpsTables.SCHEMA_CHANGES)
        .where(col("table").equalTo(table.toString()))
        .orderBy("batch", "column")
        .selectExpr(
            "concat_ws(' ', batch, change, column, type_before, type_after, policy, action)")
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  List<Discrepancy> discrepancies(TableName table) {
    return new AccountProof(spark, warehouse).check(table);
  }

  TableState state(TableName table) {
    return new TableLog(spark, warehouse, table).state();
  }

  Map<String, String> properties(TableName table) {
    return detail(table, "properties").getJavaMap(0);
  }

  /** The table's own comment. */
  String description(TableName table) {
    return detail(table, "description").getString(0);
  }

  private Row detail(TableName table, String column) {
    return io.delta.tables.DeltaTable.forPath(spark, warehouse.path(table).toString())
        .detail()
        .select(column)
        .first();
  }

  Dataset<Row> read(TableName table) {
    return spark.read().format("delta").load(warehouse.path(table).toString());
  }

  /**
   * The values of some expressions for each row of a table, in the order of the source, as text.
   */
  List<String> ask(TableName table, String... columns) {
    Column[] selected = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      selected[i] = functions.expr(columns[i]);
    }
    return read(table)
        .orderBy(col("_source.origin"), col("_source.position"))
        .select(selected)
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
