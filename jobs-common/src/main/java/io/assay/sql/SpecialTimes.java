package io.assay.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The texts that Spark reads as times of the run, where it is to make a date or a timestamp of
 * them: {@code DATE 'today'}, {@code CAST('now' AS TIMESTAMP)}, {@code day >= 'yesterday'}.
 */
final class SpecialTimes {
  /** A zone may follow. 'epoch' is always the same. */
  private static final String WORDS = "\\s*(now|today|tomorrow|yesterday)(\\s.*)?";

  private static final Pattern TEXT = Pattern.compile("(?is)" + WORDS);
  private static final Pattern LITERAL =
      Pattern.compile("(?is)(date|timestamp(?:_ltz|_ntz)?)\\s*r?(['\"])" + WORDS + "\\2.*");

  private SpecialTimes() {}

  /** Why the expression's own node is another time in each run; empty if it is not. */
  static Optional<String> reason(Expression node) {
    Optional<String> word = Optional.empty();
    if (node instanceof RuntimeReplaceable function && node.resolved()) {
      return within(function.replacement());
    }
    if (node instanceof Literal literal && isTime(literal.dataType())) {
      word = word(text(literal.origin()), LITERAL, 3);
    } else if (node instanceof Cast cast && isTime(cast.dataType()) && isText(cast.child())) {
      word = word(String.valueOf(cast.child().eval(null)), TEXT, 1);
    }
    return word.map(
        found ->
            "'%s' depends on the time of the run, so the result could not be computed again; compare with a time in the data"
                .formatted(Catalyst.lower(found)));
  }

  private static Optional<String> within(Expression node) {
    return reason(node)
        .or(
            () ->
                Catalyst.list(node.children()).stream()
                    .flatMap(child -> within(child).stream())
                    .findFirst());
  }

  /**
   * Looks for them in a plan whose types are known, since Spark makes times of texts that are
   * compared with times.
   *
   * @throws SqlSyntaxException if there is one
   */
  static void refuse(LogicalPlan analyzed) {
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public Expression expression(Expression node) {
                reason(node)
                    .ifPresent(
                        text -> {
                          throw new SqlSyntaxException(
                              Catalyst.line(node), Catalyst.column(node), text);
                        });
                return node;
              }
            })
        .visit(analyzed);
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private static boolean isText(Expression value) {
    return value.resolved() && value.foldable() && value.dataType().equals(DataTypes.StringType);
  }

  /** What was written where a node comes from; empty if that is not known. */
  private static String text(Origin origin) {
    return origin.sqlText().isDefined()
            && origin.startIndex().isDefined()
            && origin.stopIndex().isDefined()
        ? origin
            .sqlText()
            .get()
            .substring((Integer) origin.startIndex().get(), (Integer) origin.stopIndex().get() + 1)
        : "";
  }

  private static Optional<String> word(String text, Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(group)) : Optional.empty();
  }
}
