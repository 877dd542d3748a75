package io.assay.silver.conform;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Computes columns of a dataset's rows; an expression that does not fit them is a user's mistake.
 */
final class Selection {
  private final CleanConfiguration configuration;

  Selection(CleanConfiguration configuration) {
    this.configuration = configuration;
  }

  /** The rows with more columns. */
  Dataset<Row> with(Dataset<Row> rows, Map<String, Column> added) {
    List<Column> all = new ArrayList<>(List.of(functions.col("*")));
    added.forEach((name, column) -> all.add(column.as(name)));
    return select(rows, all);
  }

  /** The rows with these columns. */
  Dataset<Row> select(Dataset<Row> rows, List<Column> selected) {
    try {
      return rows.select(selected.toArray(Column[]::new));
    } catch (Exception e) {
      // Scala does not declare what it throws, so the compiler would not let it be named above.
      if (e instanceof AnalysisException problem) {
        throw new AssayException(
            ExitCode.CONFIGURATION,
            "an expression in pipeline.yaml of %s does not fit the rows of %s: %s"
                .formatted(
                    configuration.dataset(),
                    configuration.bronze(),
                    problem.getSimpleMessage().lines().findFirst().orElse("")),
            problem);
      }
      throw e;
    }
  }
}
