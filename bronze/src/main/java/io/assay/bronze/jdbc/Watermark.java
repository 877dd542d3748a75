package io.assay.bronze.jdbc;

import io.assay.config.Overlap;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The column that tells what is new, and the conditions over it. Each condition has one parameter:
 * a watermark as text.
 *
 * @param place the column's, in the relation
 */
record Watermark(
    Relation relation, JdbcRules rules, int place, WatermarkType type, Overlap overlap) {
  /** Of times; beyond it are infinity and what no contract's timestamp holds. */
  static final String LAST = "9999-12-31 23:59:59.999999";

  private static final String NO_NUMBERS = "('NaN', 'Infinity')";

  /**
   * @throws AssayException with exit code 4 if the column's type orders nothing, or the overlap is
   *     none of its kind
   */
  static Watermark of(Relation relation, JdbcRules rules) {
    String name = rules.watermark().orElseThrow();
    int place = relation.place(name, "watermark.column");
    TableColumn column = relation.columns().get(place);
    Optional<WatermarkType> type = relation.dialect().watermark(column);
    if (type.isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "source.jdbc.watermark.column: %s is of type %s; a watermark is a time, a date, or an exact number"
              .formatted(name, column.type()));
    }
    Overlap overlap = rules.behind();
    if (type.get().isTime() != overlap.time().isPresent()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "source.jdbc.watermark.overlap: %s is of type %s, so this must be %s, not %s"
              .formatted(
                  name,
                  column.type(),
                  type.get().isTime() ? "a duration such as PT10M" : "a number",
                  overlap));
    }
    return new Watermark(relation, rules, place, type.get(), overlap);
  }

  /** The column in bronze. */
  String name() {
    return relation.names().get(place);
  }

  /** A value as text that compares equal for equal values. */
  String text(String expression) {
    return relation.dialect().text(type.cast(expression));
  }

  String column() {
    return relation.sql(place);
  }

  /** What the overlap of a position begins with; that position is the parameter. */
  String overlapped(String position) {
    String value = type.cast("?");
    return overlap
        .time()
        .map(time -> relation.dialect().before(type, value, reckoned(position, time)))
        .orElseGet(() -> type.cast(value + " - " + overlap.number().orElseThrow()));
  }

  /** Where clocks were put forward the same time spans more of local time. */
  private Duration reckoned(String position, Duration time) {
    return type.kind() == WatermarkType.Kind.LOCAL_TIME
        ? time.plus(new LocalTimes(rules.zone()).leftOut(position, time))
        : time;
  }

  /** Rows that are new, or in the overlap of that position. */
  String isFromOverlap(String position) {
    return column() + " >= " + overlapped(position);
  }

  String isAfter() {
    return column() + " > " + type.cast("?");
  }

  String isUpTo() {
    return column() + " <= " + type.cast("?");
  }

  /** Rows that no watermark will ever reach; without parameters. */
  Optional<String> isUnreachable() {
    List<String> ways = new ArrayList<>();
    if (relation.columns().get(place).nullable()) {
      ways.add(column() + " IS NULL");
    }
    isBeyond().ifPresent(ways::add);
    return ways.isEmpty() ? Optional.empty() : Optional.of(String.join(" OR ", ways));
  }

  /** Rows that databases sort behind all others, and of which no position may be made. */
  private Optional<String> isBeyond() {
    return switch (type.kind()) {
      case MOMENT, LOCAL_TIME, DATE -> Optional.of(column() + " > " + type.cast("'" + LAST + "'"));
      case NUMERIC -> Optional.of(text(column()) + " IN " + NO_NUMBERS);
      case NUMBER -> Optional.empty();
    };
  }

  /** Rows that one can reach; without parameters. */
  String isReachable() {
    return switch (type.kind()) {
      case MOMENT, LOCAL_TIME, DATE -> column() + " <= " + type.cast("'" + LAST + "'");
      case NUMERIC -> text(column()) + " NOT IN " + NO_NUMBERS;
      case NUMBER -> column() + " IS NOT NULL";
    };
  }

  /** What a watermark must be, so that a row is read. */
  String need() {
    return type.isTime() ? "before the year 10000" : "that is a number";
  }

  /** A number for a row's key and watermark. */
  String hash() {
    List<String> texts = new ArrayList<>();
    texts.add(relation.dialect().text(column()));
    for (String key : rules.key()) {
      texts.add(relation.dialect().text(relation.sql(relation.place(key, "key"))));
    }
    return relation.dialect().hash(texts);
  }
}
