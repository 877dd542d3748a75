package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Keeps all events, and makes the whole history anew from them. */
final class RebuildPeer extends DeltaPeer {
  static final String EVENTS = "events";

  RebuildPeer(SparkSession spark, Path events, Path base, Path runs) {
    super(spark, events, base, runs);
  }

  @Override
  public void run() {
    String events = folder().resolve(EVENTS).toString();
    updates().write().format("delta").mode("append").save(events);
    rebuilt(spark().read().format("delta").load(events))
        .write()
        .format("delta")
        .mode("overwrite")
        .save(folder().resolve(HISTORY).toString());
  }

  /** The versions that events make. */
  static Dataset<Row> rebuilt(Dataset<Row> events) {
    WindowSpec order = Window.partitionBy(CustomerFeed.KEY).orderBy(Fingerprint.FROM);
    Column content =
        struct(CustomerFeed.ATTRIBUTES.stream().map(n -> col(n)).toArray(Column[]::new));
    return events
        .withColumn("before", lag(content, 1).over(order))
        .where(not(content.eqNullSafe(col("before"))))
        .drop("before")
        .withColumn(Fingerprint.TO, lead(Fingerprint.FROM, 1).over(order))
        .withColumn(Fingerprint.CURRENT, col(Fingerprint.TO).isNull());
  }
}
