package io.assay.quality.measure;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is measured of rows, one record per kind. As JSON, {@code kind} is the record's name.
 *
 * <p>Conditions are SQL over the columns; a row for which one is null does not satisfy it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface Measure {

  /** Asks the scan for what the measure needs. */
  Measurement on(SharedScan scan);

  /** Where the measured value can lie. */
  default Range range() {
    return Range.ANY;
  }

  /** The other table that the rows are compared with, if there is one. */
  default Optional<TableName> lookUp() {
    return Optional.empty();
  }

  /** A statistic of columns. */
  record Aggregate(Statistic statistic, List<String> columns) implements Measure {
    @Override
    public Range range() {
      return statistic.range();
    }

    @Override
    public Measurement on(SharedScan scan) {
      List<Column> values = columns.stream().map(Measure::named).map(statistic::prepared).toList();
      SharedScan.Probe probe = scan.probe(statistic.analyzer(scan.inputs(values)));
      return Measurement.about(statistic.metric(), String.join(", ", columns), probe::value);
    }
  }

  /** How many rows there are. */
  record RowCount() implements Measure {
    @Override
    public Range range() {
      return Range.COUNT;
    }

    @Override
    public Measurement on(SharedScan scan) {
      return new Measurement("row_count", Optional.empty(), scan.rows()::value);
    }
  }

  /**
   * How many rows lack a value in the column.
   *
   * @param predicate true for the rows that have one
   */
  record Missing(String column, String predicate, Unit unit) implements Measure {
    @Override
    public Range range() {
      return unit.range();
    }

    @Override
    public Measurement on(SharedScan scan) {
      return Measurement.failing("missing", column, unit, predicate, scan);
    }
  }

  /**
   * How many rows have a value in the column that is not valid.
   *
   * @param predicate true for the rows that have a valid one, or none
   */
  record Invalid(String column, String predicate, Unit unit) implements Measure {
    @Override
    public Range range() {
      return unit.range();
    }

    @Override
    public Measurement on(SharedScan scan) {
      return Measurement.failing("invalid", column, unit, predicate, scan);
    }
  }

  /**
   * How many rows do not satisfy a condition.
   *
   * @param column the column that it is about; empty for the whole row
   * @param functions those of the project's SQL functions that it uses, by name
   */
  record Broken(Optional<String> column, String predicate, Map<String, SqlFunction> functions)
      implements Measure {
    public Broken {
      functions = functions == null ? Map.of() : Map.copyOf(functions);
    }

    @Override
    public Range range() {
      return Range.COUNT;
    }

    @Override
    public Measurement on(SharedScan scan) {
      Column condition = SqlExpressions.column(predicate, functions);
      return new Measurement("broken_rows", column, scan.countWithout(condition)::value);
    }
  }

  /**
   * The share of rows that satisfy a condition, 0 to 1.
   *
   * @param column the column that it is about; empty for the whole row
   * @param functions those of the project's SQL functions that it uses, by name
   */
  record Compliance(Optional<String> column, String predicate, Map<String, SqlFunction> functions)
      implements Measure {
    public Compliance {
      functions = functions == null ? Map.of() : Map.copyOf(functions);
    }

    @Override
    public Range range() {
      return Range.SHARE;
    }

    @Override
    public Measurement on(SharedScan scan) {
      Column condition = SqlExpressions.column(predicate, functions);
      return new Measurement("compliance", column, scan.share(condition)::value);
    }
  }

  /**
   * How many rows repeat another in these columns. Rows that are null in every one of the columns
   * are no duplicates of one another.
   */
  record Duplicates(List<String> columns, Unit unit) implements Measure {
    @Override
    public Range range() {
      return unit.range();
    }

    @Override
    public Measurement on(SharedScan scan) {
      List<Column> values = columns.stream().map(Measure::named).toList();
      Column present = values.stream().map(Column::isNotNull).reduce(Column::or).orElseThrow();
      SharedScan.Probe rows = scan.count(present);
      SharedScan.Probe distinct = scan.distinct(values);
      return Measurement.counted(
          "duplicates",
          String.join(", ", columns),
          unit,
          () -> OptionalDouble.of(rows.value().orElse(0) - distinct.value().orElse(0)),
          scan);
    }
  }

  /** The share of rows whose column has a non-empty match of the regular expression, 0 to 1. */
  record PatternMatch(String column, String pattern) implements Measure {
    @Override
    public Range range() {
      return Range.SHARE;
    }

    @Override
    public Measurement on(SharedScan scan) {
      Column text = named(column).cast(DataTypes.StringType);
      return Measurement.about("pattern_match", column, scan.patternMatch(text, pattern)::value);
    }
  }

  /**
   * The value below which a share of the values lies.
   *
   * @param quantile 0 to 1; 0.5 is the median
   * @param relativeError by how much the rank may be off, as a share of all values; empty: not at
   *     all, which needs memory for every different value
   */
  record Quantile(String column, double quantile, Optional<Double> relativeError)
      implements Measure {
    @Override
    public Measurement on(SharedScan scan) {
      return Measurement.about(
          "quantile_" + quantile, column, scan.quantile(named(column), quantile, relativeError));
    }
  }

  /**
   * How long before the batch's time the newest time in the column was, of those that are not after
   * it; below 0 if all are.
   */
  record Age(String column, AgeUnit unit) implements Measure {
    @Override
    public Measurement on(SharedScan scan) {
      NewestTime newest = new NewestTime(named(column), scan);
      return Measurement.about(
          "age_in_" + unit.name().toLowerCase(Locale.ROOT),
          column,
          () -> {
            OptionalDouble seconds = newest.secondsBefore();
            return seconds.isPresent()
                ? OptionalDouble.of(unit.of(seconds.getAsDouble()))
                : seconds;
          });
    }
  }

  /**
   * The share of rows whose values in the columns stand together in a row of another table, 0 to 1.
   * A row that lacks one of the values refers to nothing, and is in order.
   *
   * @param referenced the other table's columns, in the order of the columns
   */
  record References(List<String> columns, TableName table, List<String> referenced)
      implements Measure {
    @Override
    public Range range() {
      return Range.SHARE;
    }

    @Override
    public Optional<TableName> lookUp() {
      return Optional.of(table);
    }

    @Override
    public Measurement on(SharedScan scan) {
      SharedScan.Probe rows = scan.rows();
      return Measurement.about(
          "referential_integrity",
          String.join(", ", columns),
          () -> {
            double all = rows.value().orElse(0);
            long stray = new StrayRows(this, scan.judged(), scan.lookUp(table)).count();
            return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((all - stray) / all);
          });
    }
  }

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

    @Override
    public Measurement on(SharedScan scan) {
      return new Measurement(
          "sql", Optional.empty(), () -> new ScalarQuery(this, scan.judged()).answer());
    }

    /**
     * The query over the judged rows.
     *
     * @throws SqlSyntaxException if they do not fit one another
     */
    Dataset<Row> over(Dataset<Row> judged) {
      return parsed(query).expand(functions).bind(judged.sparkSession(), table -> judged);
    }

    /** The query, reading {@link #JUDGED}. */
    public static SqlQuery parsed(String query) {
      return SqlQuery.parse(query.replace("${table}", JUDGED.toString()));
    }
  }

  private static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }
}
