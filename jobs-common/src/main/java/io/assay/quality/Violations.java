package io.assay.quality;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.RowRule;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Row rules as columns, so that rows are judged in a pass that is made anyway. */
public final class Violations {
  /** One broken rule of a row: its name, the column it is about or null, and what is wrong. */
  public static final StructType VIOLATION =
      new StructType()
          .add("rule", DataTypes.StringType)
          .add("column", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  private Violations() {}

  /** Whether the row breaks the rule: its predicate is false or null. Never null itself. */
  public static Column broken(RowRule rule) {
    return not(coalesce(rule.condition(), lit(false)));
  }

  /** What to tell of a broken rule. */
  public static String message(RowRule rule) {
    return rule.description().isBlank() ? "not true: " + rule.predicate() : rule.description();
  }

  /** A {@link #VIOLATION} where the condition is true, else null. */
  public static Column violation(
      Column condition, String rule, Optional<String> column, Column message) {
    Column violation =
        struct(
            lit(rule).as("rule"),
            lit(column.orElse(null)).cast(DataTypes.StringType).as("column"),
            message.cast(DataTypes.StringType).as("message"));
    return when(condition, violation);
  }

  /**
   * The violations that are there, as an array; empty for a good row, never null. Spark does not
   * compile what makes an array shorter, so only of a row that broke a rule it is asked to.
   */
  public static Column all(List<Column> violations) {
    Column none = array().cast(DataTypes.createArrayType(VIOLATION));
    return violations.stream()
        .map(Column::isNotNull)
        .reduce(Column::or)
        .map(
            any ->
                when(any, array_compact(array(violations.toArray(Column[]::new)))).otherwise(none))
        .orElse(none);
  }
}
