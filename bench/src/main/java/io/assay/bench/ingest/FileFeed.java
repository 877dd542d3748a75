package io.assay.bench.ingest;

import static org.apache.spark.sql.functions.col;

import io.assay.bench.OrderColumn;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of CSV with a header. */
final class FileFeed implements Feed {
  private final SparkSession spark;
  private final Path folder;

  FileFeed(Orders orders) throws IOException {
    this.spark = orders.spark();
    this.folder = orders.files();
  }

  @Override
  public String connection() {
    return "store: {root: '%s'}".formatted(folder);
  }

  @Override
  public String source() {
    return "files: {connection: origin, path: '*.csv', format: csv}";
  }

  @Override
  public Dataset<Row> read() {
    return spark.read().option("header", true).csv(folder.toString());
  }

  @Override
  public Column[] landed() {
    return told();
  }

  @Override
  public Column[] told() {
    return OrderColumn.ALL.stream().map(column -> col(column.name())).toArray(Column[]::new);
  }

  @Override
  public void close() {}
}
