package io.assay.bench.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.assay.bench.BrokerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A topic of documents, each with its key. */
final class KafkaFeed implements Feed {
  private static final int PARTITIONS = 4;
  private static final String FORMAT = "kafka";
  private static final String BROKERS = "kafka.bootstrap.servers";

  private final SparkSession spark;
  private final BrokerProcess broker;

  private KafkaFeed(SparkSession spark, BrokerProcess broker) {
    this.spark = spark;
    this.broker = broker;
  }

  /**
   * Starts a broker and sends it all.
   *
   * @param folder for the broker
   */
  static KafkaFeed open(Orders orders, Path folder) throws Exception {
    BrokerProcess broker = BrokerProcess.start(folder);
    KafkaFeed feed = new KafkaFeed(orders.spark(), broker);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.createTopics(List.of(new NewTopic(Orders.NAME, PARTITIONS, (short) 1))).all().get();
    }
    orders.progress().accept("sending messages");
    orders
        .typed()
        .select(col(Orders.KEY).cast("string").as("key"), to_json(struct(col("*"))).as("value"))
        .write()
        .format(FORMAT)
        .option(BROKERS, broker.address())
        .option("topic", Orders.NAME)
        .save();
    return feed;
  }

  @Override
  public String connection() {
    return "kafka: {brokers: '%s'}".formatted(broker.address());
  }

  @Override
  public String source() {
    return "kafka: {connection: origin, topic: %s}".formatted(Orders.NAME);
  }

  @Override
  public Dataset<Row> read() {
    return spark
        .read()
        .format(FORMAT)
        .option(BROKERS, broker.address())
        .option("subscribe", Orders.NAME)
        .option("includeHeaders", true)
        .load()
        .withColumn("value", col("value").cast("string"));
  }

  @Override
  public Column[] landed() {
    return new Column[] {
      col("_value"),
      col("_source.origin"),
      col("_source.position").cast("string"),
      col("_source.key"),
      col("_message.timestamp").cast("string")
    };
  }

  @Override
  public Column[] told() {
    return new Column[] {
      col("value"),
      concat_ws("-", col("topic"), col("partition")),
      col("offset").cast("string"),
      col("key").cast("string"),
      col("timestamp").cast("string")
    };
  }

  @Override
  public void close() {
    broker.close();
  }
}
