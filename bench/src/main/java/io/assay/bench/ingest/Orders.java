package io.assay.bench.ingest;

import static org.apache.spark.sql.functions.expr;

import io.assay.bench.LinkedCopy;
import io.assay.bench.OrderColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The records of every source, the same at every run.
 *
 * @param rows how many there are
 * @param folder where they are kept as files between runs
 */
record Orders(SparkSession spark, long rows, Path folder, Consumer<String> progress) {
  static final String NAME = "orders";
  static final String KEY = "order_id";

  private static final int FILES = 8;

  /** Every value as a text. */
  Dataset<Row> texts() {
    return spark.range(0, rows, 1, FILES).select(columns(column -> expr(column.good())));
  }

  /** Every value as the contract has it. */
  Dataset<Row> typed() {
    return spark
        .range(0, rows, 1, FILES)
        .select(columns(column -> expr(column.good()).cast(column.type())));
  }

  /** A folder with them as files of CSV, made if it is not there. */
  Path files() throws IOException {
    Path place = folder.resolve("%d-rows".formatted(rows));
    if (!Files.exists(place)) {
      progress.accept("making %s".formatted(place));
      Path unfinished = place.resolveSibling(place.getFileName() + ".unfinished");
      LinkedCopy.remove(unfinished);
      texts().write().option("header", true).csv(unfinished.toString());
      Files.move(unfinished, place);
    }
    return place;
  }

  /** The files in it. */
  List<Path> parts() throws IOException {
    try (Stream<Path> found = Files.list(files())) {
      return found.filter(path -> path.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private interface Expression {
    Column of(OrderColumn column);
  }

  private static Column[] columns(Expression expression) {
    return OrderColumn.ALL.stream()
        .map(column -> expression.of(column).as(column.name()))
        .toArray(Column[]::new);
  }
}
