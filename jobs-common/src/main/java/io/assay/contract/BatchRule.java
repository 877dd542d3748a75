package io.assay.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A rule on a whole batch, or on a mart's new version.
 *
 * @param name unique in the contract
 * @param measure what is measured
 * @param threshold what the measured value must be
 * @param dimension the standard's quality dimension
 * @param onFailure {@link OnFailure#HOLD} or {@link OnFailure#WARN}
 * @param description what is expected, for people
 */
public record BatchRule(
    String name,
    Measure measure,
    Threshold threshold,
    Optional<String> dimension,
    OnFailure onFailure,
    String description) {

  /** What is measured, one record per kind. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Measure.Completeness.class, name = "completeness"),
    @JsonSubTypes.Type(value = Measure.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = Measure.Invalid.class, name = "invalid"),
    @JsonSubTypes.Type(value = Measure.Duplicates.class, name = "duplicates"),
    @JsonSubTypes.Type(value = Measure.Uniqueness.class, name = "uniqueness"),
    @JsonSubTypes.Type(value = Measure.RowCount.class, name = "rowCount"),
    @JsonSubTypes.Type(value = Measure.PatternMatch.class, name = "patternMatch"),
    @JsonSubTypes.Type(value = Measure.SqlScalar.class, name = "sql")
  })
  public sealed interface Measure {
    /** The share of rows in which the column is not null, 0 to 1. */
    record Completeness(String column) implements Measure {}

    /**
     * How many rows have a null (or one of the missing values) in the column; a count, or a share
     * in percent.
     */
    record Missing(String column, List<String> missingValues, Unit unit) implements Measure {}

    /**
     * How many rows have a value that does not satisfy the condition; a count, or a share in
     * percent.
     */
    record Invalid(String column, String predicate, Unit unit) implements Measure {}

    /** How many rows repeat another in these columns; a count, or a share in percent. */
    record Duplicates(List<String> columns, Unit unit) implements Measure {}

    /** The share of values of the columns that occur exactly once, 0 to 1. */
    record Uniqueness(List<String> columns) implements Measure {}

    /** How many rows there are. */
    record RowCount() implements Measure {}

    /** The share of rows whose column matches the regular expression, 0 to 1. */
    record PatternMatch(String column, String pattern) implements Measure {}

    /**
     * The one number that a query returns; {@code ${table}} in it is the judged rows.
     *
     * @param functions those of the project's SQL functions that the query uses, by name
     */
    record SqlScalar(String query, Map<String, SqlFunction> functions) implements Measure {
      /** What the judged rows are called inside a query, once it is parsed. */
      public static final TableName JUDGED = TableName.bronze("judged");

      public SqlScalar {
        functions = functions == null ? Map.of() : Map.copyOf(functions);
      }

      /**
       * The query over the judged rows.
       *
       * @throws SqlSyntaxException if they do not fit one another
       */
      public Dataset<Row> over(Dataset<Row> judged) {
        return parsed(query).expand(functions).bind(judged.sparkSession(), table -> judged);
      }

      /** The query, reading {@link #JUDGED}. */
      static SqlQuery parsed(String query) {
        return SqlQuery.parse(query.replace("${table}", JUDGED.toString()));
      }
    }
  }

  /** How a threshold counts. */
  public enum Unit {
    ROWS,
    PERCENT
  }

  /**
   * What the value must be, by the standard's operators.
   *
   * @param operand the bound; for between, the lower one
   * @param upper the upper bound of between
   */
  public record Threshold(Operator operator, double operand, Optional<Double> upper) {
    /** The standard's operators. */
    public enum Operator {
      MUST_BE,
      MUST_NOT_BE,
      MUST_BE_GREATER_THAN,
      MUST_BE_GREATER_OR_EQUAL_TO,
      MUST_BE_LESS_THAN,
      MUST_BE_LESS_OR_EQUAL_TO,
      MUST_BE_BETWEEN,
      MUST_NOT_BE_BETWEEN
    }

    /** Whether the value is as it must be. */
    public boolean holds(double value) {
      return switch (operator) {
        case MUST_BE -> value == operand;
        case MUST_NOT_BE -> value != operand;
        case MUST_BE_GREATER_THAN -> value > operand;
        case MUST_BE_GREATER_OR_EQUAL_TO -> value >= operand;
        case MUST_BE_LESS_THAN -> value < operand;
        case MUST_BE_LESS_OR_EQUAL_TO -> value <= operand;
        case MUST_BE_BETWEEN -> value >= operand && value <= upper.orElseThrow();
        case MUST_NOT_BE_BETWEEN -> value < operand || value > upper.orElseThrow();
      };
    }
  }
}
