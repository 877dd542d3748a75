package io.assay.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * A mart's result, stored where readers do not look.
 *
 * @param stored the rows, read back
 * @param rows how many, counted as they were written
 * @param misfits per column, how many values had no room in the contract's type
 */
record StagedRows(Dataset<Row> stored, long rows, Map<String, Long> misfits) {

  /** Writes the result in the contract's form, over what an interrupted attempt may have left. */
  static StagedRows write(Dataset<Row> result, ContractFit fit, Path path) {
    Observation observation = new Observation();
    Column[] sums =
        fit.misfits().values().stream()
            .map(misfit -> coalesce(sum(when(misfit, 1L).otherwise(0L)), lit(0L)))
            .toArray(Column[]::new);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sums[i].as(Integer.toString(i));
    }
    result
        .observe(observation, count(lit(1)).as("rows"), sums)
        .select(fit.columns())
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path.toString());
    Map<String, Object> observed = observed(observation);
    Map<String, Long> misfits = new LinkedHashMap<>();
    for (String column : fit.misfits().keySet()) {
      misfits.put(column, (Long) observed.get(Integer.toString(misfits.size())));
    }
    Dataset<Row> stored = result.sparkSession().read().parquet(path.toString());
    return new StagedRows(stored, (Long) observed.get("rows"), misfits);
  }

  private static Map<String, Object> observed(Observation observation) {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a mart was staged", e);
    }
  }
}
