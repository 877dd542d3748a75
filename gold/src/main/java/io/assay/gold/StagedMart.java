package io.assay.gold;

import static io.assay.batch.StagedRows.times;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.StagedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A mart's result, stored where readers do not look.
 *
 * @param files where they lie
 * @param stored the rows, read back
 * @param rows how many, counted as they were written
 * @param misfits per column, how many values had no room in the contract's type
 */
record StagedMart(StagedRows files, Dataset<Row> stored, long rows, Map<String, Long> misfits) {
  private static final String ROWS = "rows";

  /** The rows, for a session. */
  Dataset<Row> rows(SparkSession session) {
    return files.read(session);
  }

  /** Writes the result in the contract's form, over what an interrupted attempt may have left. */
  static StagedMart write(Dataset<Row> result, ContractFit fit, Path path) {
    // Columns may be called anything, so their measures have numbers.
    List<Column> measures = new ArrayList<>();
    fit.misfits()
        .values()
        .forEach(misfit -> measures.add(times(misfit).as(Integer.toString(measures.size()))));
    measures.add(count(lit(1)).as(ROWS));
    StagedRows staged =
        StagedRows.write(path, result, measures, rows -> rows.select(fit.columns()));
    Map<String, Long> misfits = new LinkedHashMap<>();
    for (String column : fit.misfits().keySet()) {
      misfits.put(column, staged.number(Integer.toString(misfits.size())));
    }
    return new StagedMart(staged, staged.read(result.sparkSession()), staged.number(ROWS), misfits);
  }
}
