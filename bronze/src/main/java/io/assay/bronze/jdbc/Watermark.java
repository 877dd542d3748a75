package io.assay.bronze.jdbc;

import io.assay.config.Overlap;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
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
  /** Of times only; beyond it are infinity and what no contract's timestamp holds. */
  static final String LAST = "9999-12-31 23:59:59.999999";

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

  /** What the overlap begins with, behind the parameter. */
  String overlapped() {
    String value = type.cast("?");
    return overlap
        .time()
        .map(time -> relation.dialect().before(type, value, time))
        .orElseGet(() -> type.cast(value + " - " + overlap.number().orElseThrow()));
  }

  /** Rows that are new, or in the overlap. */
  String isFromOverlap() {
    return column() + " >= " + overlapped();
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
    if (type.isTime()) {
      ways.add(column() + " > " + type.cast("'" + LAST + "'"));
    }
    return ways.isEmpty() ? Optional.empty() : Optional.of(String.join(" OR ", ways));
  }

  /** Rows that one can reach; without parameters. */
  String isReachable() {
    return type.isTime()
        ? column() + " <= " + type.cast("'" + LAST + "'")
        : column() + " IS NOT NULL";
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
