package io.assay.sql;

import io.assay.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.command.SetNamespaceCommand;

/**
 * What somebody outside may ask of Spark: queries over the tables that are served, and SHOW,
 * DESCRIBE, EXPLAIN and USE about them. It is a list of what may pass, so that a statement, a
 * relation or a function that a later Spark brings is refused until it is looked at.
 */
public final class ServedStatement {
  private static final String ALLOWED =
      "only queries, SHOW (SCHEMAS, TABLES, VIEWS, COLUMNS, FUNCTIONS), DESCRIBE, EXPLAIN and USE are"
          + " allowed here";

  /** The tables that may be asked for. */
  public interface Tables {
    /** All of them, to tell somebody who named none. */
    Collection<TableName> names();

    /** The rows of a table, asked for with every reference to it; empty if there is none. */
    Optional<Dataset<Row>> rows(TableName table);
  }

  private final String schema;
  private final Set<String> schemas;
  private final Map<String, SqlFunction> functions;
  private final Tables tables;

  /**
   * @param schema where names of one part are looked for
   * @param schemas those that may be named in SHOW, DESCRIBE and USE
   * @param functions of the project, by lower-case name
   */
  public ServedStatement(
      String schema, Set<String> schemas, Map<String, SqlFunction> functions, Tables tables) {
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
    if (looks(parsed)) {
      Catalyst.list(parsed.children()).forEach(this::checkNames);
      return parsed;
    }
    return query(parsed);
  }

  /**
   * The answer to a query, without Spark's commands: the text is read by a parser that knows none.
   *
   * @param text one query
   * @throws SqlSyntaxException if it is something else, or does not fit the tables
   */
  public Dataset<Row> rows(SparkSession spark, String text) {
    return Catalyst.analyzed(spark, query(Catalyst.parsePlan(text)));
  }

  /**
   * The rows of one table.
   *
   * @param name its parts, without quotes
   * @param line where it is named, from 1
   * @param column in the line, from 1
   * @throws SqlSyntaxException if there is none
   */
  public Dataset<Row> rows(List<String> name, int line, int column) {
    return named(name)
        .flatMap(tables::rows)
        .orElseThrow(
            () -> new SqlSyntaxException(line, column, UnknownTable.message(name, tables.names())));
  }

  /** Whether a statement looks at the list of tables rather than at rows. */
  public static boolean looks(LogicalPlan parsed) {
    return ServedNodes.looks(parsed);
  }

  /** The names of Spark's functions that may be called. */
  public static List<String> builtIns() {
    return ServedFunctions.builtIns();
  }

  private void checkNames(LogicalPlan named) {
    if (named instanceof UnresolvedNamespace namespace) {
      checkSchema(named, Catalyst.list(namespace.multipartIdentifier()));
    } else if (named instanceof UnresolvedTableOrView table) {
      List<String> parts = Catalyst.list(table.multipartIdentifier());
      TableName name = table(table, parts);
      if (tables.rows(name).isEmpty()) {
        throw unknown(table, parts);
      }
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
      Dataset<Row> rows =
          tables
              .rows(table)
              .orElseThrow(() -> unknown(relation, Catalyst.list(relation.multipartIdentifier())));
      return Catalyst.named(
          List.of(table.layer().label(), table.name()), rows.queryExecution().analyzed());
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
    if (!ServedNodes.makesQueries(node)) {
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
    return named(parts).orElseThrow(() -> unknown(node, parts));
  }

  private Optional<TableName> named(List<String> parts) {
    List<String> full = parts.size() == 1 ? List.of(schema, parts.get(0)) : parts;
    Optional<TableName> table =
        full.size() == 2
            ? TableName.parse(Catalyst.lower(full.get(0)) + "." + Catalyst.lower(full.get(1)))
            : Optional.empty();
    return table.filter(name -> schemas.contains(name.layer().label()));
  }

  private SqlSyntaxException unknown(TreeNode<?> node, List<String> parts) {
    return refused(node, UnknownTable.message(parts, tables.names()));
  }

  private static SqlSyntaxException refused(TreeNode<?> node, String message) {
    return new SqlSyntaxException(Catalyst.line(node), Catalyst.column(node), message);
  }
}
