package io.assay.sql;

import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTVFAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeFunction;
import org.apache.spark.sql.catalyst.plans.logical.DescribeNamespace;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowNamespaces;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.command.SetNamespaceCommand;
import org.apache.spark.sql.execution.command.ShowCurrentNamespaceCommand;

/**
 * What somebody outside may ask of Spark: queries over the tables that are served, and SHOW,
 * DESCRIBE, EXPLAIN and USE about them. It is a list of what may pass, so that a statement, a
 * relation or a function that a later Spark brings is refused until it is looked at.
 */
public final class ServedStatement {
  private static final String ALLOWED =
      "only queries, SHOW (SCHEMAS, TABLES, VIEWS, COLUMNS, FUNCTIONS), DESCRIBE, EXPLAIN and USE are"
          + " allowed here";

  /** They look at names only, and at nothing that a path or a program could be. */
  private static final Set<Class<? extends LogicalPlan>> LOOKS =
      Set.of(
          DescribeColumn.class,
          DescribeFunction.class,
          DescribeNamespace.class,
          DescribeRelation.class,
          SetCatalogAndNamespace.class,
          ShowColumns.class,
          ShowCurrentNamespaceCommand.class,
          ShowFunctions.class,
          ShowNamespaces.class,
          ShowTables.class,
          ShowViews.class);

  /** What queries are made of. Not all that changes something is a command to Spark. */
  private static final Set<Class<? extends LogicalPlan>> QUERIES =
      Set.of(
          Aggregate.class,
          Distinct.class,
          Except.class,
          Filter.class,
          Generate.class,
          GlobalLimit.class,
          Intersect.class,
          Join.class,
          LateralJoin.class,
          LocalLimit.class,
          Offset.class,
          OneRowRelation.class,
          Pivot.class,
          Project.class,
          RepartitionByExpression.class,
          Sample.class,
          Sort.class,
          SubqueryAlias.class,
          Union.class,
          UnresolvedHaving.class,
          UnresolvedHint.class,
          UnresolvedInlineTable.class,
          UnresolvedRelation.class,
          UnresolvedSubqueryColumnAliases.class,
          UnresolvedTVFAliases.class,
          UnresolvedTableValuedFunction.class,
          UnresolvedWith.class,
          Unpivot.class,
          WithWindowDefinition.class);

  private final String schema;
  private final Set<String> schemas;
  private final Map<String, SqlFunction> functions;
  private final Function<TableName, Dataset<Row>> tables;

  /**
   * @param schema where names of one part are looked for
   * @param schemas those that may be named in SHOW, DESCRIBE and USE
   * @param functions of the project, by lower-case name
   * @param tables the rows of a table; asked once for every reference, and throws for a table that
   *     is not served
   */
  public ServedStatement(
      String schema,
      Set<String> schemas,
      Map<String, SqlFunction> functions,
      Function<TableName, Dataset<Row>> tables) {
    this.schema = schema;
    this.schemas = schemas;
    this.functions = functions;
    this.tables = tables;
  }

  /**
   * What Spark may carry out, with the rows of the tables in the places of their names.
   *
   * @param parsed by Spark's parser, and not yet analyzed
   * @throws SqlSyntaxException if it is nothing that may be asked
   */
  public LogicalPlan of(LogicalPlan parsed) {
    if (parsed instanceof ExplainCommand explain) {
      return explain.copy(query(explain.logicalPlan()), explain.mode());
    }
    if (parsed instanceof DescribeQueryCommand describe) {
      return describe.copy(describe.queryText(), query(describe.plan()));
    }
    if (parsed instanceof SetNamespaceCommand use) {
      checkSchema(parsed, Catalyst.list(use.namespace()));
      return parsed;
    }
    if (LOOKS.contains(parsed.getClass())) {
      Catalyst.list(parsed.children()).forEach(this::checkNames);
      return parsed;
    }
    return query(parsed);
  }

  /** Whether a statement looks at the list of tables rather than at rows. */
  public static boolean looks(LogicalPlan parsed) {
    return LOOKS.contains(parsed.getClass());
  }

  private void checkNames(LogicalPlan named) {
    if (named instanceof UnresolvedNamespace namespace) {
      checkSchema(named, Catalyst.list(namespace.multipartIdentifier()));
    } else if (named instanceof UnresolvedTableOrView table) {
      table(table, Catalyst.list(table.multipartIdentifier()));
    } else {
      check(named);
    }
  }

  private void checkSchema(TreeNode<?> node, List<String> parts) {
    boolean known =
        parts.isEmpty() || (parts.size() == 1 && schemas.contains(Catalyst.lower(parts.get(0))));
    if (!known) {
      throw refused(node, "there is no schema " + String.join(".", parts) + " here");
    }
  }

  private LogicalPlan query(LogicalPlan parsed) {
    checkQuery(parsed);
    FunctionExpansion expansion = new FunctionExpansion(functions);
    LogicalPlan expanded =
        new PlanTraversal(
                new PlanTraversal.Visitor() {
                  @Override
                  public Expression expression(Expression node) {
                    return expansion.expand(node);
                  }
                })
            .visit(parsed);
    return new PlanTraversal(new Binding()).visit(expanded);
  }

  /** Lets through what is a query, and puts rows in the places of names. */
  private final class Binding implements PlanTraversal.Visitor {
    @Override
    public LogicalPlan relation(UnresolvedRelation relation) {
      TableName table = table(relation, Catalyst.list(relation.multipartIdentifier()));
      return Catalyst.named(
          List.of(table.layer().label(), table.name()),
          tables.apply(table).queryExecution().analyzed());
    }

    @Override
    public LogicalPlan plan(LogicalPlan node) {
      checkQuery(node);
      // A hint holds expressions that nothing else looks at, and changes no answer.
      return node instanceof UnresolvedHint hint ? hint.child() : node;
    }

    @Override
    public Expression expression(Expression node) {
      check(node);
      ServedFunctions.refusal(node)
          .ifPresent(
              text -> {
                throw refused(node, text);
              });
      return node;
    }
  }

  private static void checkQuery(LogicalPlan node) {
    check(node);
    if (!QUERIES.contains(node.getClass())) {
      throw refused(node, ALLOWED);
    }
  }

  private static void check(TreeNode<?> node) {
    QueryRules.refusal(node)
        .ifPresent(
            text -> {
              throw refused(node, text);
            });
  }

  private TableName table(TreeNode<?> node, List<String> parts) {
    List<String> full = parts.size() == 1 ? List.of(schema, parts.get(0)) : parts;
    Optional<TableName> table =
        full.size() == 2
            ? TableName.parse(Catalyst.lower(full.get(0)) + "." + Catalyst.lower(full.get(1)))
            : Optional.empty();
    return table
        .filter(name -> schemas.contains(name.layer().label()))
        .orElseThrow(
            () ->
                refused(
                    node,
                    "there is no table "
                        + String.join(".", parts)
                        + " here; SHOW TABLES IN gold lists them, and paths cannot be read"));
  }

  private static SqlSyntaxException refused(TreeNode<?> node, String message) {
    return new SqlSyntaxException(Catalyst.line(node), Catalyst.column(node), message);
  }
}
