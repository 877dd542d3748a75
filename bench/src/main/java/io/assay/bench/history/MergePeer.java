package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The way of Delta's documentation ("Slowly changing data (SCD) Type 2 operation into Delta
 * tables"): changed rows are staged twice, once to close the open version and once, under a null
 * merge key, to insert the new one. It is right as long as the feed is in order.
 */
class MergePeer extends DeltaPeer {
  private static final String MERGE_KEY = "merge_key";

  private final boolean literal;

  /**
   * @param literal whether the table is partitioned by {@code is_current} and the condition names
   *     the open partition, as an expert would have it; otherwise as documented
   */
  MergePeer(SparkSession spark, boolean literal, Path events, Path base, Path runs) {
    super(spark, events, base, runs);
    this.literal = literal;
  }

  @Override
  public void run() {
    Dataset<Row> updates = updates();
    Dataset<Row> open = table().toDF().where(col(Fingerprint.CURRENT));
    Dataset<Row> changed =
        updates
            .as("s")
            .join(open.as("t"), CustomerFeed.KEY)
            .where(expr(differs()))
            .selectExpr("null as " + MERGE_KEY, "s.*");
    Dataset<Row> staged =
        changed.unionByName(updates.selectExpr(CustomerFeed.KEY + " as " + MERGE_KEY, "*"));
    Map<String, String> inserted = new HashMap<>();
    inserted.put(CustomerFeed.KEY, "s." + CustomerFeed.KEY);
    CustomerFeed.ATTRIBUTES.forEach(name -> inserted.put(name, "s." + name));
    inserted.put(Fingerprint.FROM, "s." + Fingerprint.FROM);
    inserted.put(Fingerprint.TO, "null");
    inserted.put(Fingerprint.CURRENT, "true");
    table()
        .as("t")
        .merge(
            staged.as("s"),
            (literal ? "t.is_current = true and " : "")
                + "t.%s = s.%s".formatted(CustomerFeed.KEY, MERGE_KEY))
        .whenMatched("t.is_current = true and (" + differs() + ")")
        .updateExpr(Map.of(Fingerprint.CURRENT, "false", Fingerprint.TO, "s." + Fingerprint.FROM))
        .whenNotMatched()
        .insertExpr(inserted)
        .execute();
  }

  private static String differs() {
    return CustomerFeed.ATTRIBUTES.stream()
        .map("not (s.%1$s <=> t.%1$s)"::formatted)
        .collect(Collectors.joining(" or "));
  }
}
