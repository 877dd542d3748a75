package io.assay.quality.measure;

import io.assay.sql.SqlExpressions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;

/**
 * A measure, prepared on a scan.
 *
 * @param metric the metric's name, such as {@code completeness}
 * @param column the column it is about; empty for the whole table
 * @param value gives the value once the scan has run; empty if there was nothing to compute it from
 */
public record Measurement(String metric, Optional<String> column, Supplier<OptionalDouble> value) {

  /** What is measured, in words. */
  public String subject() {
    return (metric.equals("sql") ? "the query's answer to be" : metric.replace('_', ' '))
        + column.map(name -> " of " + name).orElse("");
  }

  /** The same, with a value that is computed once, however often it is asked for. */
  public Measurement once() {
    return new Measurement(metric, column, new Once(value));
  }

  static Measurement about(String metric, String column, Supplier<OptionalDouble> value) {
    return new Measurement(metric, Optional.of(column), value);
  }

  /** How many rows do not meet a condition, in the unit. */
  static Measurement failing(
      String metric, String column, Unit unit, String predicate, SharedScan scan) {
    Column condition = SqlExpressions.column(predicate, Map.of());
    return counted(metric, column, unit, scan.countWithout(condition)::value, scan);
  }

  /** How many rows there are of a kind, in the unit. */
  static Measurement counted(
      String metric, String column, Unit unit, Supplier<OptionalDouble> count, SharedScan scan) {
    String name = metric + "_" + unit.name().toLowerCase(Locale.ROOT);
    if (unit == Unit.ROWS) {
      return about(name, column, count);
    }
    SharedScan.Probe total = scan.rows();
    return about(name, column, () -> percent(count.get(), total.value()));
  }

  private static OptionalDouble percent(OptionalDouble count, OptionalDouble total) {
    return count.isPresent() && total.isPresent() && total.getAsDouble() > 0
        ? OptionalDouble.of(100 * count.getAsDouble() / total.getAsDouble())
        : OptionalDouble.empty();
  }

  /** A query's answer takes a job. */
  private static final class Once implements Supplier<OptionalDouble> {
    private final Supplier<OptionalDouble> value;
    private Optional<OptionalDouble> computed = Optional.empty();

    Once(Supplier<OptionalDouble> value) {
      this.value = value;
    }

    @Override
    public OptionalDouble get() {
      if (computed.isEmpty()) {
        computed = Optional.of(value.get());
      }
      return computed.get();
    }
  }
}
