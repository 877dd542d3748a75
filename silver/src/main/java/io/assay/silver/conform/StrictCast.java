package io.assay.silver.conform;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import scala.Option;

/**
 * A source value in its contract's type, or the knowledge that it does not fit: no value is
 * rounded, cut, wrapped or turned into null.
 *
 * @param value the typed value; null where there is none, and where it does not fit
 * @param present whether the source has a value at all. An empty or blank text is one only where
 *     the contract's type is a string
 */
record StrictCast(Column value, Column present) {
  private static final String BLANKS = " \t\r\n";

  /**
   * The cast of a column.
   *
   * @param raw the value as it came
   * @param from its type
   * @param zone the zone of times that name none
   */
  static StrictCast of(Column raw, DataType from, ContractColumn column, ZoneId zone) {
    if (from instanceof NullType) {
      return new StrictCast(lit(null).cast(column.type()), lit(false));
    }
    if (readsText(from, column)) {
      return ofText(trimmed(raw), column, zone);
    }
    return new StrictCast(TypedCast.of(raw, from, column, zone), raw.isNotNull());
  }

  /** Whether a value of the type has to be read as a text that says one of the column's type. */
  static boolean readsText(DataType from, ContractColumn column) {
    return from instanceof StringType && !(column.type() instanceof StringType);
  }

  /**
   * The cast of a text.
   *
   * @param text {@link #trimmed}; it is looked at several times, so let it be computed once
   */
  static StrictCast ofText(Column text, ContractColumn column, ZoneId zone) {
    Column present = text.notEqual("");
    return new StrictCast(
        when(present, TextCast.of(text, column, zone)), present.and(text.isNotNull()));
  }

  /**
   * The text without blanks around it. To trim more than spaces Spark copies the text character by
   * character, so that is done only where there is something else.
   */
  static Column trimmed(Column text) {
    Column more =
        BLANKS
            .chars()
            .filter(blank -> blank != ' ')
            .mapToObj(blank -> text.contains(Character.toString(blank)))
            .reduce(Column::or)
            .orElseThrow();
    return when(more, trim(text, BLANKS)).otherwise(trim(text));
  }

  /** Whether there is a value and it does not fit, given the column that holds {@link #value}. */
  Column failed(Column stored) {
    return present.and(stored.isNull());
  }

  /** A cast that gives null where ANSI SQL would fail; Spark's API has it as SQL text only. */
  static Column tried(Column value, DataType type) {
    return new Column(new Cast(value.expr(), type, Option.empty(), EvalMode$.MODULE$.TRY()));
  }

  /** A naive time, held as if it were UTC, as the point in time it is in the zone. */
  static Column inZone(Column naive, ZoneId zone) {
    if (zone.getRules().equals(ZoneOffset.UTC.getRules())) {
      return naive.cast(DataTypes.TimestampType);
    }
    return org.apache.spark.sql.functions.to_utc_timestamp(
        naive.cast(DataTypes.TimestampType), zone.getId());
  }
}
