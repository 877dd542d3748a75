package io.assay.gold;

import static org.apache.spark.sql.functions.lit;

import io.assay.config.Mart;
import io.assay.config.Mart.Incremental;
import io.assay.config.Windows;
import io.assay.contract.Contract;
import io.assay.contract.RowRule;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** A table of events that is only appended to, and marts of its windows. */
final class EventTable {
  static final TableName EVENTS = TableName.silver("events");

  final MartFixture gold;
  private long batch;

  EventTable(Path folder) {
    this.gold = new MartFixture(folder);
  }

  /** Events written {@code (id, 'visitor', 'time', amount)}; a time is of 2026-01-01, UTC. */
  void come(String values) {
    come(
        gold.spark.sql(
            "SELECT id, visitor, to_timestamp('2026-01-01 ' || time || '+00:00') AS happened_at, amount"
                + " FROM VALUES "
                + values
                + " AS t(id, visitor, time, amount)"));
  }

  void come(Dataset<Row> events) {
    write(EVENTS, events, SaveMode.Append);
  }

  void write(TableName table, Dataset<Row> rows, SaveMode mode) {
    batch++;
    rows.withColumn("_batch", lit(batch))
        .write()
        .format("delta")
        .mode(mode)
        .save(gold.warehouse.path(table).toString());
  }

  Mart mart(String name, String sql, Contract contract, Duration lateness) {
    Mart plain = gold.mart(name, sql, contract);
    return new Mart(
        name,
        plain.folder(),
        sql,
        plain.inputs(),
        new Mart.MartPipeline(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Incremental.AUTO,
            0.5,
            Optional.of(new Windows(EVENTS, "happened_at", lateness)),
            Map.of()),
        contract);
  }

  /** {@code gold.clicks}, of five minutes without lateness, under {@code closed_at}. */
  Mart clicks(String counted, RowRule... rules) {
    return mart(
        "clicks",
        "SELECT window.end AS closed_at, %s AS events FROM silver.events GROUP BY window(happened_at, '5 minutes')"
            .formatted(counted),
        Contracts.of("", 1, List.of(rules), List.of(), "closed_at timestamp", "events bigint"),
        Duration.ZERO);
  }
}
