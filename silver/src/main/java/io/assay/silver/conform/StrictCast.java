package io.assay.silver.conform;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import java.time.ZoneId;
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
    if (from instanceof StringType && !(column.type() instanceof StringType)) {
      Column text = trim(raw, BLANKS);
      Column present = text.notEqual("");
      return new StrictCast(
          when(present, TextCast.of(text, column, zone)), present.and(raw.isNotNull()));
    }
    return new StrictCast(TypedCast.of(raw, from, column, zone), raw.isNotNull());
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
    return org.apache.spark.sql.functions.to_utc_timestamp(
        naive.cast(DataTypes.TimestampType), zone.getId());
  }
}
