package io.assay.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.assay.contract.BatchRule.Measure;
import io.assay.contract.BatchRule.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A measure, prepared on a scan.
 *
 * @param metric the metric's name, such as {@code completeness}
 * @param column the column it is about; empty for the whole table
 * @param value gives the value once the scan has run; empty if it could not be computed
 */
record Measurement(String metric, Optional<String> column, Supplier<OptionalDouble> value) {

  /**
   * Adds what the measure needs to the scan.
   *
   * @param total the scan's count of all rows
   * @param queries answers {@link Measure.SqlScalar}
   */
  static Measurement of(
      Measure measure, SharedScan scan, SharedScan.Probe total, ScalarQueries queries) {
    if (measure instanceof Measure.Completeness completeness) {
      SharedScan.Probe probe = scan.completeness(named(completeness.column()));
      return about("completeness", completeness.column(), probe::value);
    }
    if (measure instanceof Measure.Missing missing) {
      return missing(missing, scan, total);
    }
    if (measure instanceof Measure.Invalid invalid) {
      return invalid(invalid, scan, total);
    }
    if (measure instanceof Measure.Duplicates duplicates) {
      return duplicates(duplicates, scan, total);
    }
    if (measure instanceof Measure.Uniqueness uniqueness) {
      SharedScan.Probe probe = scan.uniqueness(named(uniqueness.columns()));
      return about("uniqueness", String.join(", ", uniqueness.columns()), probe::value);
    }
    if (measure instanceof Measure.PatternMatch match) {
      Column string = named(match.column()).cast(DataTypes.StringType);
      SharedScan.Probe probe = scan.patternMatch(string, match.pattern());
      return about("pattern_match", match.column(), probe::value);
    }
    if (measure instanceof Measure.SqlScalar sql) {
      return new Measurement("sql", Optional.empty(), () -> queries.answer(sql));
    }
    return new Measurement("row_count", Optional.empty(), total::value);
  }

  private static Measurement missing(
      Measure.Missing missing, SharedScan scan, SharedScan.Probe total) {
    Column value = named(missing.column());
    Column isMissing = value.isNull();
    if (!missing.missingValues().isEmpty()) {
      Object[] values = missing.missingValues().toArray();
      isMissing = isMissing.or(value.cast(DataTypes.StringType).isin(values));
    }
    SharedScan.Probe count = scan.count(isMissing);
    return counted("missing", missing.column(), missing.unit(), count::value, total);
  }

  private static Measurement invalid(
      Measure.Invalid invalid, SharedScan scan, SharedScan.Probe total) {
    Column isInvalid =
        named(invalid.column())
            .isNotNull()
            .and(not(coalesce(expr(invalid.predicate()), lit(false))));
    SharedScan.Probe count = scan.count(isInvalid);
    return counted("invalid", invalid.column(), invalid.unit(), count::value, total);
  }

  /** Rows that are null in every one of the columns are no duplicates of one another. */
  private static Measurement duplicates(
      Measure.Duplicates duplicates, SharedScan scan, SharedScan.Probe total) {
    List<Column> values = named(duplicates.columns());
    Column present = values.stream().map(Column::isNotNull).reduce(Column::or).orElseThrow();
    SharedScan.Probe rows = scan.count(present);
    SharedScan.Probe distinct = scan.distinct(values);
    Supplier<OptionalDouble> count =
        () -> OptionalDouble.of(rows.value().orElse(0) - distinct.value().orElse(0));
    return counted(
        "duplicates", String.join(", ", duplicates.columns()), duplicates.unit(), count, total);
  }

  private static Measurement counted(
      String metric,
      String column,
      Unit unit,
      Supplier<OptionalDouble> count,
      SharedScan.Probe total) {
    String name = metric + "_" + unit.name().toLowerCase(Locale.ROOT);
    return unit == Unit.ROWS
        ? about(name, column, count)
        : about(name, column, () -> percent(count.get(), total.value()));
  }

  private static OptionalDouble percent(OptionalDouble count, OptionalDouble total) {
    return count.isPresent() && total.isPresent() && total.getAsDouble() > 0
        ? OptionalDouble.of(100 * count.getAsDouble() / total.getAsDouble())
        : OptionalDouble.empty();
  }

  private static Measurement about(String metric, String column, Supplier<OptionalDouble> value) {
    return new Measurement(metric, Optional.of(column), value);
  }

  private static List<Column> named(List<String> columns) {
    return columns.stream().map(Measurement::named).toList();
  }

  private static Column named(String column) {
    return functions.col("`" + column.replace("`", "``") + "`");
  }
}
