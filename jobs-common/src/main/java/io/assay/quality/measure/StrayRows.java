package io.assay.quality.measure;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that refer to a row that is not there.
 *
 * @param table the rows that are referred to; empty if there is no such table yet
 */
record StrayRows(Measure.References references, Dataset<Row> judged, Optional<Dataset<Row>> table) {

  long count() {
    Dataset<Row> referring = renamed(judged, references.columns(), "r");
    Column complete = col("r0").isNotNull();
    Column same = null;
    for (int i = 0; i < references.columns().size(); i++) {
      complete = complete.and(col("r" + i).isNotNull());
      Column equal = col("r" + i).equalTo(col("k" + i));
      same = same == null ? equal : same.and(equal);
    }
    Dataset<Row> whole = referring.where(complete);
    return table.isEmpty()
        ? whole.count()
        : whole.join(renamed(table.get(), references.referenced(), "k"), same, "left_anti").count();
  }

  private static Dataset<Row> renamed(Dataset<Row> rows, List<String> columns, String prefix) {
    List<Column> renamed = new ArrayList<>();
    IntStream.range(0, columns.size())
        .forEach(
            i -> renamed.add(col("`" + columns.get(i).replace("`", "``") + "`").as(prefix + i)));
    return rows.select(renamed.toArray(Column[]::new));
  }
}
