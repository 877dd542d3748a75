package io.assay.bench.windows;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.assay.bench.LinkedCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A day of clicks, as the dataset of the shop appends them to silver, batch by batch, and versions
 * of customers. One click in a hundred comes up to an hour late.
 *
 * @param folder where they lie once they are made
 */
record ClickTables(SparkSession spark, long clicks, int batches, Path folder) {
  private static final long DAY = 86_400_000_000L;
  private static final long HOUR = 3_600_000_000L;
  private static final long START = 1_767_225_600_000_000L;
  private static final int CUSTOMERS = 20_000;
  private static final String CLICKS = "silver/clickstream";
  private static final String LOG = "_delta_log";

  /** Makes them, in place of what is there. */
  void make() throws IOException {
    LinkedCopy.remove(folder);
    customers().write().format("delta").save(place(folder, "silver/customers_history"));
    Dataset<Row> all = all();
    for (int batch = 0; batch < batches; batch++) {
      all.where(col("id").between(first(batch), first(batch + 1) - 1))
          .drop("id")
          .withColumn("_batch", lit(batch + 1L))
          .write()
          .format("delta")
          .mode("append")
          .option("delta.checkpointInterval", "100")
          .save(place(folder, CLICKS));
    }
  }

  private long first(int batch) {
    return clicks * batch / batches;
  }

  private static String place(Path folder, String table) {
    return folder.resolve(table).toString();
  }

  private static Column chance(Column of, String salt, long below) {
    return pmod(abs(xxhash64(of, lit(salt))), lit(below));
  }

  /** In the order in which they come. */
  private Dataset<Row> all() {
    Column id = col("id");
    Column delay =
        when(chance(id, "late", 100).equalTo(0), chance(id, "how late", HOUR))
            .otherwise(chance(id, "delay", HOUR / 60));
    Column visit = id.divide(7).cast("bigint");
    Column customer = chance(visit, "customer", 2L * CUSTOMERS);
    Column types =
        array(lit("view"), lit("view"), lit("view"), lit("cart"), lit("checkout"), lit("purchase"));
    return spark
        .range(0, clicks, 1, 4)
        .select(
            id,
            concat(lit("E"), lpad(id.cast("string"), 8, "0")).as("event_id"),
            concat(lit("S"), visit.cast("string")).as("session_id"),
            when(customer.lt(CUSTOMERS), concat(lit("C"), customer.cast("string")))
                .as("customer_id"),
            element_at(types, chance(id, "type", 6).plus(1).cast("int")).as("type"),
            concat(lit("P"), chance(id, "product", 500).cast("string")).as("product_id"),
            lit("/").as("page"),
            timestamp_micros(id.multiply(DAY / clicks).plus(START).minus(delay).cast("bigint"))
                .as("event_time"),
            expr("named_struct('origin', 'clicks', 'position', id, 'key', CAST(NULL AS STRING))")
                .as("_source"));
  }

  /** Two versions of each: all change their tier at some time of the day. */
  private Dataset<Row> customers() {
    Column id = col("id");
    Column number = id.divide(2).cast("bigint");
    Column changed = timestamp_micros(chance(number, "changed", DAY).plus(START).cast("bigint"));
    Column second = pmod(id, lit(2)).equalTo(1);
    return spark
        .range(0, 2L * CUSTOMERS, 1, 1)
        .select(
            concat(lit("C"), number.cast("string")).as("customer_id"),
            element_at(
                    array(lit("standard"), lit("silver"), lit("gold")),
                    chance(id, "tier", 3).plus(1).cast("int"))
                .as("tier"),
            when(second, changed).otherwise(timestamp_micros(lit(START - DAY))).as("valid_from"),
            when(second, lit(null)).otherwise(changed).cast("timestamp").as("valid_to"),
            second.as("is_current"),
            id.cast("string").as("version_id"));
  }

  /** A copy to which no batch has come yet. */
  void copy(Path to) throws IOException {
    LinkedCopy.make(folder, to);
    for (int batch = 0; batch < batches; batch++) {
      move(to.resolve(CLICKS).resolve(LOG), to.resolve("waiting"), batch);
    }
  }

  /** Lets the next batch come: a commit of the table, and nothing that takes time. */
  void come(Path copy, int batch) throws IOException {
    move(copy.resolve("waiting"), copy.resolve(CLICKS).resolve(LOG), batch);
  }

  private static void move(Path from, Path to, int batch) throws IOException {
    Files.createDirectories(to);
    for (String kind : List.of("%020d.crc", "%020d.json")) {
      String name = kind.formatted((long) batch);
      if (Files.exists(from.resolve(name))) {
        Files.move(from.resolve(name), to.resolve(name));
      }
    }
  }
}
