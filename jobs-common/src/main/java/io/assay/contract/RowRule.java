package io.assay.contract;

import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * A rule that one row alone can break. It sends the row to quarantine (or, where its failures are
 * only to be known, warns).
 *
 * @param name unique in the contract
 * @param column the column it is about; empty: the whole row
 * @param predicate a SQL condition over the contract's columns; the row breaks the rule unless it
 *     is true. Written so that it is never null for rows that should pass
 * @param dimension the standard's quality dimension
 * @param onFailure {@link OnFailure#QUARANTINE} or {@link OnFailure#WARN}
 * @param description what is expected, for people
 * @param functions those of the project's SQL functions that the predicate uses, by name
 */
public record RowRule(
    String name,
    Optional<String> column,
    String predicate,
    Optional<String> dimension,
    OnFailure onFailure,
    String description,
    Map<String, SqlFunction> functions) {
  public RowRule {
    functions = functions == null ? Map.of() : Map.copyOf(functions);
  }

  /** A rule whose predicate uses nothing but Spark's own functions. */
  public RowRule(
      String name,
      Optional<String> column,
      String predicate,
      Optional<String> dimension,
      OnFailure onFailure,
      String description) {
    this(name, column, predicate, dimension, onFailure, description, Map.of());
  }

  /** The predicate over the contract's columns, with the project's functions expanded. */
  public Column condition() {
    return SqlExpressions.column(predicate, functions);
  }
}
