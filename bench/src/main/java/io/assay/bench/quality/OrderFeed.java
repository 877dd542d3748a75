package io.assay.bench.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.assay.bench.LinkedCopy;
import io.assay.bench.OrderColumn;
import io.assay.table.RowColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Orders as they lie in bronze, the same at every run: every value is a text, as from CSV.
 *
 * @param rows how many orders there are
 * @param folder where bronze tables are kept between runs
 */
record OrderFeed(SparkSession spark, long rows, Path folder) {
  static final String KEY = "order_id";

  private static final int FILES = 8;
  private static final String BAD = "bad";
  private static final String KIND = "kind";

  /** The folder of the warehouse's bronze tables for a scenario, made if it is not there. */
  Path bronze(Scenario scenario, Consumer<String> progress) throws IOException {
    long bad = scenario.bad(rows);
    Path place = folder.resolve("%d-rows-%d-bad".formatted(rows, bad));
    if (!Files.exists(place)) {
      progress.accept("making %s".formatted(place));
      Path unfinished = place.resolveSibling(place.getFileName() + ".unfinished");
      LinkedCopy.remove(unfinished);
      landed(bad).write().format("delta").save(table(unfinished).toString());
      Files.move(unfinished, place);
    }
    return place;
  }

  /** The orders' table in such a folder. */
  static Path table(Path bronze) {
    return bronze.resolve(OrderProject.DATASET);
  }

  /** The columns of bronze as the contract's types, and where each row came from. */
  static Dataset<Row> typed(Dataset<Row> bronze) {
    List<Column> columns = new ArrayList<>();
    for (OrderColumn column : OrderColumn.ALL) {
      columns.add(
          expr("try_cast(%s as %s)".formatted(column.name(), column.type())).as(column.name()));
    }
    columns.add(col(RowColumns.SOURCE));
    return bronze.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> landed(long bad) {
    // The multiplier shares no factor with the number of rows, so the bad ones are spread evenly.
    Dataset<Row> orders =
        spark
            .range(0, rows, 1, FILES)
            .withColumn(BAD, expr("pmod(id * 7919 + 13, %d) < %d".formatted(rows, bad)))
            .withColumn(KIND, expr("if(bad, int(id %% %d), -1)".formatted(kinds().size())));
    List<Column> columns = new ArrayList<>();
    for (OrderColumn column : OrderColumn.ALL) {
      columns.add(
          expr("if(%s = %d, %s, %s)"
                  .formatted(KIND, kinds().indexOf(column.name()), column.bad(), column.good()))
              .as(column.name()));
    }
    columns.add(
        struct(
                lit("orders.csv").as("origin"),
                col("id").as("position"),
                lit(null).cast("string").as("key"))
            .as(RowColumns.SOURCE));
    columns.add(lit(OrderProject.CLOCK).as(RowColumns.INGESTED_AT));
    columns.add(lit("landing").as(RowColumns.RUN_ID));
    columns.add(lit(1L).as(RowColumns.BATCH));
    return orders.select(columns.toArray(Column[]::new));
  }

  /** The columns in which a row can be bad. A bad row is so in one of them. */
  private static List<String> kinds() {
    return OrderColumn.ALL.stream()
        .filter(column -> !column.good().equals(column.bad()))
        .map(OrderColumn::name)
        .toList();
  }
}
