package io.assay.quality;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Asks queries of the judged rows, which they call {@code ${table}}. The rows stand under a name
 * that no other job can have, until this is closed.
 */
final class ScalarQueries implements AutoCloseable {
  private static final String TABLE = "${table}";

  private final Dataset<Row> rows;
  private final String view = "assay_judged_" + UUID.randomUUID().toString().replace("-", "");
  private boolean registered;

  ScalarQueries(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * The one number that the query returns; empty if that is null.
   *
   * @throws AssayException if the answer is not one number
   */
  OptionalDouble answer(String query) {
    if (!registered) {
      rows.createOrReplaceTempView(view);
      registered = true;
    }
    Dataset<Row> answer = rows.sparkSession().sql(query.replace(TABLE, view));
    List<Row> found = answer.limit(2).collectAsList();
    if (found.size() != 1 || found.get(0).size() != 1) {
      throw notOneNumber(query, "it returned another number of rows or columns");
    }
    Object value = found.get(0).get(0);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw notOneNumber(query, "it returned '" + value + "'");
  }

  private static AssayException notOneNumber(String query, String found) {
    return new AssayException(
        ExitCode.CONFIGURATION,
        "a rule's query must return one row with one number, but "
            + found
            + "; change it: "
            + query);
  }

  @Override
  public void close() {
    if (registered) {
      rows.sparkSession().catalog().dropTempView(view);
    }
  }
}
