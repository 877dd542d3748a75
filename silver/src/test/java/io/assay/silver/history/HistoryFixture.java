package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.NullNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.config.History;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.table.CommitTag;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import io.assay.table.Warehouse;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** One dataset's history in a folder of its own, fed batch by batch. */
final class HistoryFixture {
  static final TableName EVENTS = TableName.events("users");
  private static final Instant CLOCK = Instant.parse("2026-11-20T10:00:00Z");

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final StructType sequence;
  private final DataType validTime;
  private History history;
  private List<ContractColumn> columns;
  private long batch;

  HistoryFixture(
      Path folder,
      History history,
      StructType sequence,
      DataType validTime,
      ContractColumn... columns) {
    this(TestSpark.session(), folder, history, sequence, validTime, columns);
  }

  HistoryFixture(
      SparkSession spark,
      Path folder,
      History history,
      StructType sequence,
      DataType validTime,
      ContractColumn... columns) {
    this.spark = spark;
    this.warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
    this.sequence = sequence;
    this.validTime = validTime;
    this.history = history;
    this.columns = List.of(columns);
  }

  static ContractColumn key(int position, String name, DataType type) {
    return new ContractColumn(
        name,
        Optional.empty(),
        type,
        true,
        Optional.of(position),
        Optional.empty(),
        false,
        Optional.of("part of the key"));
  }

  static ContractColumn column(String name, DataType type) {
    return new ContractColumn(
        name,
        Optional.empty(),
        type,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** From here on the contract has one more column, the last. */
  void gain(ContractColumn column) {
    columns = Stream.concat(columns.stream(), Stream.of(column)).toList();
  }

  /** From here on the contract lacks a column. */
  void lose(String name) {
    columns = columns.stream().filter(column -> !column.name().equals(name)).toList();
  }

  /** From here on a column has another type. */
  void retype(ContractColumn changed) {
    columns =
        columns.stream()
            .map(column -> column.name().equals(changed.name()) ? changed : column)
            .toList();
  }

  /** From here on the history has other settings. */
  void change(History settings) {
    history = settings;
  }

  /**
   * Carries out a batch.
   *
   * @param events the contract's columns, then operation, sequence (a row), valid time
   */
  Counts run(List<Row> events) {
    Intent intent = intent();
    try (HistoryBatch running = attempt(intent)) {
      Counts counts = running.settle(accepted(events));
      running.steps().forEach(step -> commit(intent, step));
      return counts;
    }
  }

  /**
   * Carries out a batch of several commits to bronze.
   *
   * @param commits events by when they landed, in seconds
   */
  Counts run(Map<Integer, List<Row>> commits) {
    Intent intent = intent();
    try (HistoryBatch running = attempt(intent)) {
      org.apache.spark.sql.Dataset<Row> accepted =
          commits.entrySet().stream()
              .map(commit -> accepted(commit.getValue(), CLOCK.plusSeconds(commit.getKey())))
              .reduce(org.apache.spark.sql.Dataset::unionByName)
              .orElseThrow();
      Counts counts = running.settle(accepted);
      running.steps().forEach(step -> commit(intent, step));
      return counts;
    }
  }

  /** A batch's intent, which pins the tables as they are now. */
  Intent intent() {
    Map<TableName, TableState> pins = new HashMap<>();
    List.of(EVENTS, storedName()).forEach(table -> pins.put(table, log(table).state()));
    batch++;
    return new Intent(
        "test",
        TableName.silver("users"),
        1,
        batch,
        "run-" + batch,
        CLOCK,
        new BatchInput.Files(List.of()),
        pins,
        NullNode.getInstance(),
        Decision.NONE);
  }

  HistoryBatch attempt(Intent intent) {
    return new HistoryBatch(spark, warehouse, definition(), intent);
  }

  void commit(Intent intent, BatchStep step) {
    step.write()
        .commit(new CommitTag("users/" + step.name() + "/1", intent.batch(), "{\"batch\":1}"));
  }

  HistoryProof.Result prove() {
    return new HistoryProof(spark, warehouse, definition()).compare();
  }

  org.apache.spark.sql.Dataset<Row> accepted(List<Row> events) {
    return accepted(events, CLOCK);
  }

  private org.apache.spark.sql.Dataset<Row> accepted(List<Row> events, Instant landed) {
    StructType schema = new StructType();
    for (ContractColumn column : columns) {
      schema = schema.add(column.name(), column.type());
    }
    schema =
        schema
            .add(EventColumns.OPERATION, DataTypes.StringType)
            .add(EventColumns.SEQUENCE, sequence)
            .add(EventColumns.VALID_TIME, validTime)
            .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
            .add(RowColumns.INGESTED_AT, DataTypes.TimestampType)
            .add(RowColumns.RUN_ID, DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    for (Row event : events) {
      Object[] values = new Object[event.size() + 3];
      for (int i = 0; i < event.size(); i++) {
        values[i] = event.get(i);
      }
      values[event.size()] = RowFactory.create("batch-" + batch, (long) rows.size(), null);
      values[event.size() + 1] = Timestamp.from(landed);
      values[event.size() + 2] = "run-" + batch;
      rows.add(RowFactory.create(values));
    }
    return spark.createDataFrame(rows, schema);
  }

  org.apache.spark.sql.Dataset<Row> stored() {
    return spark.read().format("delta").load(warehouse.path(storedName()).toString());
  }

  org.apache.spark.sql.Dataset<Row> events() {
    return spark.read().format("delta").load(warehouse.path(EVENTS).toString());
  }

  /** The stored rows, each as text with its values separated by bars. */
  List<String> rows(String... columns) {
    return stored()
        .select(
            List.of(columns).stream()
                .map(name -> col(name))
                .toArray(org.apache.spark.sql.Column[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }

  /** The Delta versions of events and stored table. */
  List<Long> versions() {
    return List.of(log(EVENTS).state().version(), log(storedName()).state().version());
  }

  /** What the newest commit of the events noted. */
  Optional<Frontier> noted() {
    TableLog log = log(EVENTS);
    return Frontier.fromJson(log.note(log.state().version()).path(Frontier.NOTE));
  }

  /** Does to the stored table what only somebody without the engine would do. */
  void tamper(String how, String where) {
    io.delta.tables.DeltaTable table =
        io.delta.tables.DeltaTable.forPath(spark, warehouse.path(storedName()).toString());
    if (how.equals("delete")) {
      table.delete(where);
    } else {
      table.updateExpr(where, Map.of("name", "'tampered'"));
    }
  }

  private TableName storedName() {
    return definition().stored();
  }

  private TableLog log(TableName table) {
    return new TableLog(spark, warehouse, table);
  }

  private HistoryDefinition definition() {
    Contract contract =
        new Contract(
            "users",
            "1.0.0",
            "users",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            columns,
            List.of(),
            List.of());
    return HistoryDefinition.of("users", history, contract);
  }
}
