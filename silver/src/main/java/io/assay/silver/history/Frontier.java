package io.assay.silver.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_micros;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.batch.StagedRows;
import io.assay.table.EventColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;

/**
 * How far the remembered events reach: none stands after it. Every commit of events notes it, so
 * that a batch in order is known to be so without a look at the table's files.
 *
 * <p>It is kept as numbers, for leading columns that are integers or times; for others nothing is
 * noted, and the files' statistics have to tell.
 *
 * @param sequence the greatest value of the sequence's first column: an integer, or microseconds
 *     since the epoch
 * @param validTime the greatest valid time, in microseconds since the epoch
 */
record Frontier(long sequence, long validTime) {
  /** Under this name it stands in the note of a commit. */
  static final String NOTE = "frontier";

  private static final String SEQUENCE = "sequence";
  private static final String VALID_TIME = "valid_time";
  private static final String LEAST = "_least";
  private static final String GREATEST = "_greatest";

  /** What to measure of events, for {@link #reachedBy} and {@link #isBefore}. */
  static List<Column> measures(TimeTypes types) {
    Column sequence = number(types.leading(), types.sequence().fields()[0].dataType());
    Column validTime = number(col(EventColumns.VALID_TIME), types.validTime());
    return List.of(
        min(sequence).as(SEQUENCE + LEAST),
        max(sequence).as(SEQUENCE + GREATEST),
        min(validTime).as(VALID_TIME + LEAST),
        max(validTime).as(VALID_TIME + GREATEST));
  }

  /** How far events reach that were measured so; empty if they have no numbers. */
  static Optional<Frontier> reachedBy(StagedRows measured) {
    return of(measured, GREATEST);
  }

  /**
   * Whether everything that was measured so comes after this, in sequence and in valid time; false
   * if it has no numbers.
   */
  boolean isBefore(StagedRows measured) {
    return of(measured, LEAST)
        .filter(least -> least.sequence > sequence && least.validTime >= validTime)
        .isPresent();
  }

  Frontier and(Frontier other) {
    return new Frontier(Math.max(sequence, other.sequence), Math.max(validTime, other.validTime));
  }

  /** The form that a commit notes. */
  JsonNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return json.put(SEQUENCE, sequence).put(VALID_TIME, validTime);
  }

  /** What a commit noted; empty if it noted none. */
  static Optional<Frontier> fromJson(JsonNode json) {
    return json.path(SEQUENCE).isIntegralNumber() && json.path(VALID_TIME).isIntegralNumber()
        ? Optional.of(
            new Frontier(json.path(SEQUENCE).longValue(), json.path(VALID_TIME).longValue()))
        : Optional.empty();
  }

  private static Optional<Frontier> of(StagedRows measured, String end) {
    Long sequence = (Long) measured.measured().get(SEQUENCE + end);
    Long validTime = (Long) measured.measured().get(VALID_TIME + end);
    return sequence == null || validTime == null
        ? Optional.empty()
        : Optional.of(new Frontier(sequence, validTime));
  }

  /** In the order of the values, and the same after their type was widened; null for others. */
  private static Column number(Column value, DataType type) {
    if (type instanceof IntegralType) {
      return value.cast(DataTypes.LongType);
    }
    return List.of(DataTypes.DateType, DataTypes.TimestampType, DataTypes.TimestampNTZType)
            .contains(type)
        ? unix_micros(value.cast(DataTypes.TimestampType))
        : lit(null).cast(DataTypes.LongType);
  }
}
