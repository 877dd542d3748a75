package io.assay.gold.incremental;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Two expressions that a join sets equal.
 *
 * @param left over the join's left side
 * @param right over its right side
 */
public record Equality(Expression left, Expression right) {

  /** Those that a join's condition demands. */
  public static List<Equality> of(Join join) {
    Set<Long> left = Tree.ids(Tree.output(join.left()));
    Set<Long> right = Tree.ids(Tree.output(join.right()));
    List<Equality> equalities = new ArrayList<>();
    for (Expression conjunct : Tree.conjuncts(join.condition())) {
      sides(conjunct)
          .ifPresent(
              sides -> {
                if (within(sides.left(), left) && within(sides.right(), right)) {
                  equalities.add(sides);
                } else if (within(sides.left(), right) && within(sides.right(), left)) {
                  equalities.add(new Equality(sides.right(), sides.left()));
                }
              });
    }
    return equalities;
  }

  private static Optional<Equality> sides(Expression conjunct) {
    if (conjunct instanceof EqualTo equal) {
      return Optional.of(new Equality(equal.left(), equal.right()));
    }
    return conjunct instanceof EqualNullSafe equal
        ? Optional.of(new Equality(equal.left(), equal.right()))
        : Optional.empty();
  }

  private static boolean within(Expression expression, Set<Long> attributes) {
    Set<Long> references = Tree.references(expression);
    return Tree.ofOneRow(expression) && !references.isEmpty() && attributes.containsAll(references);
  }

  /**
   * Whether the sides are the same value where they are equal, so that one tells the other; 0.0 and
   * -0.0 are not.
   */
  boolean isIdentity() {
    DataType type = left.dataType();
    return type.equals(right.dataType())
        && (type instanceof StringType
            || type instanceof IntegralType
            || type instanceof DecimalType
            || type instanceof DateType
            || type instanceof TimestampType);
  }

  Equality swapped() {
    return new Equality(right, left);
  }
}
