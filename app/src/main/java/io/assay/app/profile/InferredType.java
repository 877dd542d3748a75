package io.assay.app.profile;

import io.assay.app.profile.TextEvidence.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The type of a column.
 *
 * @param format how the source writes dates and times, as a pattern of Spark's; empty: ISO 8601
 * @param remark what a person should know of it; empty if nothing
 */
record InferredType(DataType type, Optional<String> format, String remark) {

  /** The strictest type that every value fits; text if there is none. */
  static InferredType of(TextEvidence evidence) {
    if (evidence.values() == 0) {
      return text("Has no value in the file, so it is text until one is seen.");
    }
    if (evidence.only(Kind.INTEGER) && !evidence.beyondLong()) {
      return plain(DataTypes.LongType);
    }
    if (evidence.only(Kind.INTEGER, Kind.DECIMAL)) {
      return decimal(evidence);
    }
    if (evidence.only(Kind.INTEGER, Kind.DECIMAL, Kind.FLOATING)) {
      return plain(DataTypes.DoubleType);
    }
    if (evidence.only(Kind.BOOLEAN)) {
      return plain(DataTypes.BooleanType);
    }
    if (evidence.only(Kind.DATE)) {
      return plain(DataTypes.DateType);
    }
    if (evidence.only(Kind.DATE, Kind.TIMESTAMP)) {
      return plain(DataTypes.TimestampType);
    }
    return evidence.patterns().isEmpty() ? remarked(evidence) : timed(evidence);
  }

  /** Text, whatever the values look like. */
  static InferredType text(String remark) {
    return new InferredType(DataTypes.StringType, Optional.empty(), remark);
  }

  static InferredType plain(DataType type) {
    return new InferredType(type, Optional.empty(), "");
  }

  /** Room for greater numbers than were seen; the decimals are those that were seen. */
  private static InferredType decimal(TextEvidence evidence) {
    int digits = evidence.whole() + evidence.scale();
    if (digits > TextEvidence.DIGITS) {
      return text("Holds numbers of more than %d digits.".formatted(TextEvidence.DIGITS));
    }
    int precision = digits <= 14 ? 18 : TextEvidence.DIGITS;
    return new InferredType(
        DataTypes.createDecimalType(precision, evidence.scale()),
        Optional.empty(),
        "The numbers of the file have up to %d %s."
            .formatted(evidence.scale(), evidence.scale() == 1 ? "decimal" : "decimals"));
  }

  private static InferredType timed(TextEvidence evidence) {
    String pattern = evidence.patterns().iterator().next();
    String mirrored = TimePatterns.mirrored(pattern);
    if (!mirrored.equals(pattern) && evidence.patterns().contains(mirrored)) {
      return text(
          ("Holds dates that fit %s and %s alike, so it is text: say which with logicalType and"
                  + " logicalTypeOptions.format.")
              .formatted(pattern, mirrored));
    }
    DataType type = TimePatterns.timed(pattern) ? DataTypes.TimestampType : DataTypes.DateType;
    return new InferredType(type, Optional.of(pattern), "");
  }

  private static InferredType remarked(TextEvidence evidence) {
    if (evidence.only(Kind.TEXT)) {
      return text("");
    }
    if (evidence.only(Kind.LEADING_ZERO, Kind.INTEGER)) {
      return text("Digits, some with leading zeros, which a number would lose.");
    }
    Map<Kind, Long> kinds = evidence.kinds();
    List<String> parts =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<Kind, Long>comparingByValue().reversed())
            .map(entry -> entry.getValue() + " " + entry.getKey().plural())
            .toList();
    return text(
        kinds.size() == 1
            ? "All values are %s.".formatted(kinds.keySet().iterator().next().plural())
            : "Mixed, so it is text: " + parts.stream().collect(Collectors.joining(", ")) + ".");
  }
}
