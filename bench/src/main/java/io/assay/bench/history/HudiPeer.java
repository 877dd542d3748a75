package io.assay.bench.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.unix_micros;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Hudi's upsert of the versions that change, which somebody else has computed: a lower bound for
 * writing row by row, not a history engine.
 */
final class HudiPeer extends TablePeer {
  /** What the session must have been started with. */
  static final Map<String, String> SESSION =
      Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

  /** One column, a string: Hudi writes the parts of a compound key unlike in bulk and later. */
  private static final String RECORD = "record";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "hoodie.table.name", "customers",
          "hoodie.datasource.write.table.type", "MERGE_ON_READ",
          "hoodie.datasource.write.recordkey.field", RECORD,
          "hoodie.datasource.write.partitionpath.field", "",
          "hoodie.datasource.write.keygenerator.class",
              "org.apache.hudi.keygen.NonpartitionedKeyGenerator",
          "hoodie.upsert.shuffle.parallelism", "2",
          "hoodie.bulkinsert.shuffle.parallelism", "2");

  private final SparkSession spark;
  private final Supplier<Dataset<Row>> computed;
  private final Path changes;

  /**
   * @param computed the versions that change; stored at the first call
   * @param changes where to
   */
  HudiPeer(
      SparkSession spark, Supplier<Dataset<Row>> computed, Path changes, Path base, Path runs) {
    super(base, runs);
    this.spark = spark;
    this.computed = computed;
    this.changes = changes;
  }

  /** Writes a table's first content. */
  static void create(Dataset<Row> history, Path folder) {
    write(history, "bulk_insert", SaveMode.Overwrite, folder);
  }

  @Override
  void open() {
    if (!Files.exists(changes)) {
      computed.get().write().parquet(changes.toString());
    }
  }

  @Override
  public void run() throws IOException {
    write(spark.read().parquet(changes.toString()), "upsert", SaveMode.Append, folder());
  }

  @Override
  Dataset<Row> history() {
    return spark.read().format("hudi").load(folder().toString());
  }

  private static void write(Dataset<Row> rows, String operation, SaveMode mode, Path folder) {
    rows.withColumn(
            RECORD, concat_ws("/", col(CustomerFeed.KEY), unix_micros(col(Fingerprint.FROM))))
        .write()
        .format("hudi")
        .options(OPTIONS)
        .option("hoodie.datasource.write.operation", operation)
        .mode(mode)
        .save(folder.toString());
  }
}
