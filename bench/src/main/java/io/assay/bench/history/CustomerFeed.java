package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.assay.config.History;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Events of customers, the same at every run: each key has one event a day, and each event changes
 * something.
 *
 * @param keys how many customers there are
 */
record CustomerFeed(SparkSession spark, long keys) {
  static final String KEY = "customer_id";
  static final String TIME = "updated_at";
  static final List<String> ATTRIBUTES =
      List.of("name", "email", "street", "city", "country", "segment", "credit");

  private static final String DATASET = "customers";
  private static final String START = "timestamp '2024-01-01 00:00:00'";
  private static final String NOON = "interval 12 hours";

  /** What the engine knows of the dataset. */
  HistoryDefinition definition() {
    Contract contract =
        new Contract(
            DATASET,
            "1.0.0",
            DATASET,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                column(KEY, DataTypes.LongType, true),
                column("name", DataTypes.StringType, false),
                column("email", DataTypes.StringType, false),
                column("street", DataTypes.StringType, false),
                column("city", DataTypes.StringType, false),
                column("country", DataTypes.StringType, false),
                column("segment", DataTypes.StringType, false),
                column("credit", DataTypes.createDecimalType(12, 2), false)),
            List.of(),
            List.of());
    History history =
        new History(
            History.Keep.SCD2,
            List.of(TIME),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            History.Track.ALL,
            History.Ties.LATEST,
            List.of(),
            Optional.empty());
    return HistoryDefinition.of(DATASET, history, contract);
  }

  /** Every key's event of a day. */
  Dataset<Row> day(int day) {
    return events(customers().withColumn("day", lit(day)), day(lit(day).toString()));
  }

  /** The events of a scenario's batch, which comes after its versions. */
  Dataset<Row> batch(Scenario scenario) {
    int next = scenario.versions();
    // The multiplier shares no factor with the number of keys, so this is a permutation.
    Dataset<Row> chosen =
        customers()
            .withColumn("rank", expr("pmod(%s * 7919 + 13, %d)".formatted(KEY, keys)))
            .where(col("rank").lt(scenario.changes()));
    return switch (scenario.feed()) {
      case IN_ORDER -> events(chosen.withColumn("day", lit(next)), day("day"));
      case NO_CHANGE -> events(chosen.withColumn("day", lit(next - 1)), day("day + 1"));
      case LATE -> {
        // Noon lies between two of the key's versions, or before its first.
        Dataset<Row> days =
            chosen
                .withColumn("late", expr("rank % 10 = 0"))
                .withColumn(
                    "day",
                    expr("if(late, %1$d + 1 + rank %% %1$d, %1$d)".formatted(next)).cast("int"));
        yield events(
            days,
            "if(late, %s + %s, %s)".formatted(day("rank % " + next + " - 1"), NOON, day("day")));
      }
    };
  }

  private Dataset<Row> customers() {
    return spark.range(0, keys, 1, 2).toDF(KEY);
  }

  private static String day(String number) {
    return "timestamp_seconds(unix_seconds(%s) + (%s) * 86400 + %s %% 40000)"
        .formatted(START, number, KEY);
  }

  private static Dataset<Row> events(Dataset<Row> customers, String time) {
    return customers.select(
        col(KEY),
        expr("concat('Customer ', substr(sha1(string(%s)), 1, 10))".formatted(KEY)).as("name"),
        expr("concat(substr(sha1(string(%s)), 1, 12), '@example.org')".formatted(KEY)).as("email"),
        expr("concat(pmod(xxhash64(%1$s, day), 900), ' High Street')".formatted(KEY)).as("street"),
        expr("concat('City ', pmod(hash(%s, day), 5000))".formatted(KEY)).as("city"),
        expr("element_at(array('GB', 'FR', 'DE', 'IT', 'ES'), int(%s %% 5) + 1)".formatted(KEY))
            .as("country"),
        expr("element_at(array('new', 'regular', 'gold'), int((%s + day) %% 3) + 1)".formatted(KEY))
            .as("segment"),
        // Differs from day to day, so that every event is a change.
        expr("cast((%s %% 1000) + day * 1.01 as decimal(12, 2))".formatted(KEY)).as("credit"),
        lit(EventColumns.UPSERT).as(EventColumns.OPERATION),
        struct(expr(time).as(TIME)).as(EventColumns.SEQUENCE),
        expr(time).as(EventColumns.VALID_TIME),
        struct(
                lit("feed").as("origin"),
                col(KEY).as("position"),
                lit(null).cast("string").as("key"))
            .as(RowColumns.SOURCE),
        expr(START).as(RowColumns.INGESTED_AT),
        lit("feed").as(RowColumns.RUN_ID));
  }

  private static ContractColumn column(String name, DataType type, boolean key) {
    return new ContractColumn(
        name,
        Optional.empty(),
        type,
        key,
        key ? Optional.of(1) : Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
