package io.assay.gold.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.FullOuter$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.LeftSemiOrAnti;
import org.apache.spark.sql.catalyst.plans.RightOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/**
 * Where the keys that a query is asked for can be looked for: in the tables themselves, so that the
 * query joins and sums nothing else. Spark does not push a semi-join that it can broadcast below an
 * aggregate, and none below an outer join's other side.
 *
 * <p>What is pushed may only leave out rows that no row with one of the keys is made of; so it goes
 * below an aggregate by what is grouped by, and below a window by what it is partitioned by.
 */
final class Restriction {
  /**
   * An expression over a node that equals a column of the key in every row that is asked for.
   *
   * @param key the column's place in the key
   */
  record Match(Expression expression, int key) {}

  private final Map<LogicalPlan, List<Match>> found = new IdentityHashMap<>();

  /** What is to match, by the nodes that stand for tables. */
  static Map<LogicalPlan, List<Match>> of(LogicalPlan root, List<Match> key) {
    Restriction restriction = new Restriction();
    restriction.push(root, key);
    return restriction.found;
  }

  private void push(LogicalPlan node, List<Match> matches) {
    if (Tree.table(node).isPresent()) {
      // What stands in two places is read whole.
      found.merge(node, matches, (one, other) -> List.of());
    } else if (node instanceof Project project) {
      push(project.child(), defined(matches, Tree.definitions(Tree.list(project.projectList()))));
    } else if (node instanceof Aggregate aggregate) {
      push(
          aggregate.child(),
          defined(matches, Tree.definitions(Tree.list(aggregate.aggregateExpressions()))));
    } else if (node instanceof Window window) {
      push(window.child(), within(matches, partition(window)));
    } else if (node instanceof Union || node instanceof Except || node instanceof Intersect) {
      Tree.list(node.children())
          .forEach(child -> push(child, defined(matches, Tree.places(node, child))));
    } else if (node instanceof Join join) {
      push(join, matches);
    } else {
      Tree.list(node.children())
          .forEach(child -> push(child, within(matches, Tree.ids(Tree.output(child)))));
    }
  }

  private static List<Match> defined(List<Match> matches, Map<Long, Expression> definitions) {
    return matches.stream()
        .map(match -> new Match(Tree.substituted(match.expression(), definitions), match.key()))
        .filter(match -> Tree.ofOneRow(match.expression()))
        .toList();
  }

  private static List<Match> within(List<Match> matches, Set<Long> attributes) {
    return matches.stream()
        .filter(match -> attributes.containsAll(Tree.references(match.expression())))
        .toList();
  }

  private static Set<Long> partition(Window window) {
    return Tree.ids(
        Tree.list(window.partitionSpec()).stream()
            .filter(Attribute.class::isInstance)
            .map(Attribute.class::cast)
            .toList());
  }

  private void push(Join join, List<Match> matches) {
    List<Equality> there = Equality.of(join);
    List<Equality> back = there.stream().map(Equality::swapped).toList();
    List<Match> left = within(matches, Tree.ids(Tree.output(join.left())));
    List<Match> right = within(matches, Tree.ids(Tree.output(join.right())));
    JoinType type = join.joinType();
    if (type == FullOuter$.MODULE$) {
      push(join.left(), coalesced(matches, there));
      push(join.right(), coalesced(matches, back));
    } else if (type == RightOuter$.MODULE$) {
      push(join.left(), carried(right, back));
      push(join.right(), right);
    } else if (type == LeftOuter$.MODULE$
        || type instanceof ExistenceJoin
        || LeftSemiOrAnti.unapply(type).isDefined()) {
      push(join.left(), left);
      push(join.right(), carried(left, there));
    } else {
      push(join.left(), both(left, carried(right, back)));
      push(join.right(), both(right, carried(left, there)));
    }
  }

  private static List<Match> both(List<Match> some, List<Match> more) {
    List<Match> both = new ArrayList<>(some);
    both.addAll(more);
    return both;
  }

  /** What matches on the left side of the equalities, told of their right side. */
  private static List<Match> carried(List<Match> matches, List<Equality> equalities) {
    List<Match> carried = new ArrayList<>();
    for (Match match : matches) {
      for (Equality equality : equalities) {
        carried(match.expression(), equality)
            .ifPresent(expression -> carried.add(new Match(expression, match.key())));
      }
    }
    return carried;
  }

  private static Optional<Expression> carried(Expression expression, Equality equality) {
    if (expression.semanticEquals(equality.left())) {
      return Optional.of(equality.right());
    }
    boolean ofThisAlone =
        equality.left() instanceof Attribute attribute
            && Tree.references(expression).equals(Set.of(Tree.id(attribute)));
    return ofThisAlone
        ? Optional.of(
            Tree.substituted(
                expression, Map.of(Tree.id((Attribute) equality.left()), equality.right())))
        : Optional.empty();
  }

  /**
   * Below a full join a key is looked for on both sides at once, or nowhere: else a row whose
   * partner is left out would look as if it had none.
   */
  private static List<Match> coalesced(List<Match> matches, List<Equality> equalities) {
    List<Match> coalesced = new ArrayList<>();
    for (Match match : matches) {
      if (match.expression() instanceof Coalesce coalesce && coalesce.children().size() == 2) {
        Expression first = coalesce.children().apply(0);
        Expression second = coalesce.children().apply(1);
        equalities.stream()
            .filter(equality -> isOf(equality, first, second) || isOf(equality, second, first))
            .forEach(equality -> coalesced.add(new Match(equality.left(), match.key())));
      }
    }
    return coalesced;
  }

  private static boolean isOf(Equality equality, Expression left, Expression right) {
    return equality.left().semanticEquals(left) && equality.right().semanticEquals(right);
  }
}
