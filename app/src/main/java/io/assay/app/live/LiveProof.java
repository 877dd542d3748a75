package io.assay.app.live;

import io.assay.app.demo.DemoTable;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Compares the tables with what the servers know. */
final class LiveProof {
  private static final int SHOWN = 3;

  private final SparkSession spark;
  private final Warehouse warehouse;

  LiveProof(SparkSession spark, Warehouse warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  /**
   * Proves that silver's current rows are those of the database.
   *
   * @return a line for each table
   * @throws AssayException if any row differs
   */
  DemoTable current(ShopTables tables) throws SQLException {
    DemoTable proof = new DemoTable("table", "SELECT * in PostgreSQL", "in silver", "different");
    TableCatalog catalog = new TableCatalog(spark, warehouse);
    for (String table : ShopTables.NAMES) {
      ShopTables.Rows rows = tables.rows("SELECT * FROM " + table);
      List<String> expected = rows.values().stream().map(Object::toString).sorted().toList();
      List<String> found =
          catalog
              .read(TableName.silver(table))
              .selectExpr(rows.columns().toArray(String[]::new))
              .collectAsList()
              .stream()
              .map(LiveProof::text)
              .sorted()
              .toList();
      if (!expected.equals(found)) {
        throw different(table, expected, found);
      }
      proof.row(table, expected.size(), found.size(), 0);
    }
    return proof;
  }

  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(index -> ShopTables.plain(row.get(index)))
        .toList()
        .toString();
  }

  private static AssayException different(String table, List<String> expected, List<String> found) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(found);
    List<String> surplus = new ArrayList<>(found);
    surplus.removeAll(expected);
    return new AssayException(
        ExitCode.FAILURE,
        "silver.%s is not what PostgreSQL holds: %d rows are missing (%s), %d should not be there (%s); please report this"
            .formatted(
                table,
                missing.size(),
                missing.stream().limit(SHOWN).toList(),
                surplus.size(),
                surplus.stream().limit(SHOWN).toList()));
  }

  /**
   * Proves that every message is in bronze once.
   *
   * @param sent how many messages the shop's systems know that they have sent, by dataset
   * @return a line for each topic
   * @throws AssayException if one is missing or there twice
   */
  DemoTable messages(Map<String, Long> sent, Topics topics)
      throws ExecutionException, InterruptedException {
    DemoTable proof = new DemoTable("topic of", "sent", "in the topic", "in bronze", "twice");
    for (String name : Feeds.NAMES) {
      if (!name.equals(Feeds.PAGED)) {
        long held = topics.messages(name);
        Row row = bronze(name);
        long rows = row.getLong(0);
        long distinct = row.getLong(1);
        if (held != sent.get(name) || rows != held || distinct != held) {
          throw new AssayException(
              ExitCode.FAILURE,
              "bronze.%s is not what was sent: %d messages sent, %d in the topic, %d rows, %d of them of different messages; please report this"
                  .formatted(name, sent.get(name), held, rows, distinct));
        }
        proof.row(name, sent.get(name), held, rows, rows - distinct);
      }
    }
    return proof;
  }

  private Row bronze(String name) {
    TableLog log = new TableLog(spark, warehouse, TableName.bronze(name));
    return log.read(log.state().version())
        .agg(
            functions.count(functions.lit(1)),
            functions.count_distinct(
                functions.col("_source.origin"), functions.col("_source.position")))
        .first();
  }
}
