package io.assay.gold.incremental;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * The lists that a query's windows collect, in whatever order rows come. Spark computes a window in
 * a node of its own; that a list is sorted, or only counted, is seen where it is used.
 */
final class WindowLists {
  /** What is used as it is, in some place. */
  private final Set<Long> used = new TreeSet<>();

  private WindowLists() {}

  static WindowLists of(LogicalPlan root) {
    WindowLists lists = new WindowLists();
    lists.used.addAll(Tree.ids(Tree.output(root)));
    lists.visit(root);
    return lists;
  }

  /** Whether an expression is such a list, and the order of its items makes no difference. */
  boolean settled(Expression expression) {
    return expression instanceof Alias alias
        && alias.child() instanceof WindowExpression window
        && UnsteadyFunctions.isCollected(window.windowFunction())
        && !used.contains(Tree.id(alias));
  }

  private void visit(LogicalPlan node) {
    if (Tree.table(node).isPresent()) {
      return;
    }
    for (Expression expression : Tree.list(node.expressions())) {
      boolean passedOn = node instanceof Project && expression instanceof Attribute;
      if (!passedOn) {
        use(expression);
      }
    }
    for (LogicalPlan child : Tree.list(node.children())) {
      if (Tree.comparesRows(node)) {
        used.addAll(Tree.ids(Tree.output(child)));
      }
      visit(child);
    }
  }

  private void use(Expression expression) {
    if (expression instanceof Attribute attribute) {
      used.add(Tree.id(attribute));
    } else if (!UnsteadyFunctions.settlesOrder(expression)) {
      Tree.list(expression.children()).forEach(this::use);
    } else {
      Tree.list(expression.children()).stream()
          .filter(child -> !(child instanceof Attribute))
          .forEach(this::use);
    }
  }
}
