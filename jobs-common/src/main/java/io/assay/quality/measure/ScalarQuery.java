package io.assay.quality.measure;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.SqlSyntaxException;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Asks a query of the judged rows. */
record ScalarQuery(Measure.SqlScalar sql, Dataset<Row> rows) {

  /**
   * The one number that the query returns; empty if that is null.
   *
   * @throws AssayException if the query does not fit the rows, or the answer is not one number
   */
  OptionalDouble answer() {
    List<Row> found = result().limit(2).collectAsList();
    if (found.size() != 1 || found.get(0).size() != 1) {
      throw notOneNumber("it returned another number of rows or columns");
    }
    Object value = found.get(0).get(0);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    throw notOneNumber("it returned '" + value + "'");
  }

  private Dataset<Row> result() {
    try {
      return sql.over(rows);
    } catch (SqlSyntaxException e) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "a quality rule cannot be evaluated, correct it in the contract: " + e.getMessage(),
          e);
    }
  }

  private AssayException notOneNumber(String found) {
    return new AssayException(
        ExitCode.CONFIGURATION,
        "a rule's query must return one row with one number, but "
            + found
            + "; change it: "
            + sql.query());
  }
}
