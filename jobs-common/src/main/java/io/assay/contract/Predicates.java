package io.assay.contract;

import io.assay.document.Element.Scalar;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** The SQL conditions of rules. Those that are not true for a null say so. */
final class Predicates {
  private Predicates() {}

  /** A column's name in SQL. */
  static String name(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A value of the standard as a SQL literal of the column's type; empty if it is none. */
  static Optional<String> literal(DataType type, Scalar value) {
    try {
      if (type instanceof NumericType) {
        String number = new BigDecimal(value.text()).toPlainString();
        return Optional.of(
            type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)
                ? number + "D"
                : number);
      } else if (type instanceof StringType) {
        return Optional.of(text(value.text()));
      } else if (type instanceof BooleanType) {
        return value.kind() == Scalar.Kind.BOOLEAN
            ? Optional.of(value.text().toLowerCase(java.util.Locale.ROOT))
            : Optional.empty();
      } else if (type.equals(DataTypes.DateType)) {
        return Optional.of("DATE " + text(LocalDate.parse(value.text()).toString()));
      } else if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType)) {
        return timestamp(type, value.text());
      }
      return Optional.empty();
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A time without a zone is UTC, as everything inside. */
  private static Optional<String> timestamp(DataType type, String value) {
    String iso = value.trim().replace(' ', 'T');
    boolean date = !iso.contains("T");
    boolean zoned = iso.matches(".*T.*(Z|[+-]\\d{2}(:?\\d{2})?)");
    if (date) {
      LocalDate.parse(iso);
    } else if (zoned) {
      java.time.OffsetDateTime.parse(iso);
    } else {
      java.time.LocalDateTime.parse(iso);
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return zoned ? Optional.empty() : Optional.of("TIMESTAMP_NTZ " + text(iso));
    }
    String full = date ? iso + "T00:00:00" : iso;
    return Optional.of("TIMESTAMP " + text(zoned ? full : full + "Z"));
  }

  /** A value; a null is none. */
  static String notNull(String column) {
    return name(column) + " IS NOT NULL";
  }

  /** The condition, or null. */
  static String orNull(String column, String condition) {
    return name(column) + " IS NULL OR " + condition;
  }

  static String compared(String column, String operator, String literal) {
    return orNull(column, name(column) + " " + operator + " " + literal);
  }

  static String among(String column, List<String> literals) {
    return orNull(column, name(column) + " IN (" + String.join(", ", literals) + ")");
  }

  static String matching(String column, String pattern) {
    return orNull(column, name(column) + " RLIKE " + text(pattern));
  }

  /** A non-empty match anywhere in the value, as Deequ counts them; null for a null. */
  static String found(String column, String pattern) {
    return "regexp_extract(" + name(column) + ", " + text(pattern) + ", 0) <> ''";
  }

  /** None of the values; a null is missing, too. */
  static String present(String column, List<String> literals) {
    return literals.isEmpty()
        ? notNull(column)
        : literals.stream()
            .collect(
                Collectors.joining(
                    ", ", notNull(column) + " AND " + name(column) + " NOT IN (", ")"));
  }

  /** A condition of a person's own: unknown counts as true, as it does for a CHECK of SQL. */
  static String unlessNull(String condition) {
    // It may end in a comment, and that in a line.
    return "coalesce(" + condition + (condition.contains("--") ? "\n" : "") + ", true)";
  }
}
