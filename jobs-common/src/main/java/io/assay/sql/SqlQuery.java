package io.assay.sql;

import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.types.StructType;

/**
 * One query, read by Spark's own parser and not yet bound to any table. Parsing needs no session.
 */
public final class SqlQuery {
  private final LogicalPlan plan;

  private SqlQuery(LogicalPlan plan) {
    this.plan = plan;
  }

  /**
   * Reads a text that is one query: SELECT, WITH … SELECT, VALUES or FROM … SELECT.
   *
   * @throws SqlSyntaxException if it is not
   */
  public static SqlQuery parse(String text) {
    LogicalPlan plan = Catalyst.parsePlan(text);
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public LogicalPlan plan(LogicalPlan node) {
                if (node instanceof Command || node instanceof ParsedStatement) {
                  throw new SqlSyntaxException(
                      Catalyst.line(node),
                      Catalyst.column(node),
                      "a query is expected (SELECT, WITH or VALUES), and this is a statement that"
                          + " changes or describes something");
                }
                return node;
              }
            })
        .visit(plan);
    return new SqlQuery(plan);
  }

  /**
   * Every relation the query reads, in the order of the text, wherever it stands: joins,
   * subqueries, definitions of WITH. Names that a WITH defines are none.
   */
  public List<SqlReference> references() {
    List<SqlReference> references = new ArrayList<>();
    new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public LogicalPlan relation(UnresolvedRelation relation) {
                references.add(reference(relation));
                return relation;
              }
            })
        .visit(plan);
    references.sort(
        Comparator.comparingInt(SqlReference::line).thenComparingInt(SqlReference::column));
    return List.copyOf(references);
  }

  /** The tables the query reads, by their public names. */
  public SortedSet<TableName> tables() {
    SortedSet<TableName> tables = new TreeSet<>();
    references().forEach(reference -> reference.table().ifPresent(tables::add));
    return tables;
  }

  /**
   * Everything that keeps the query from being a function of named tables alone: relations that are
   * no public names, other versions of tables, names made at run time, and {@link
   * #timeDependence()}.
   */
  public List<SqlProblem> problems() {
    return QueryRules.problems(plan, references());
  }

  /** Where the query uses functions whose value its tables do not settle: time, chance, place. */
  public List<SqlProblem> timeDependence() {
    return QueryRules.timeDependence(plan);
  }

  /**
   * The query with the project's functions replaced by their expressions.
   *
   * @param functions by lower-case name
   * @throws SqlSyntaxException if a call does not fit its function
   */
  public SqlQuery expand(Map<String, SqlFunction> functions) {
    return new SqlQuery(expanded(new FunctionExpansion(functions)));
  }

  private LogicalPlan expanded(FunctionExpansion expansion) {
    return new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public Expression expression(Expression node) {
                return expansion.expand(node);
              }
            })
        .visit(plan);
  }

  /**
   * The project's functions that the query depends on, directly or through another.
   *
   * @param functions by lower-case name
   * @throws SqlSyntaxException if a call does not fit its function
   */
  public SortedMap<String, SqlFunction> used(Map<String, SqlFunction> functions) {
    FunctionExpansion expansion = new FunctionExpansion(functions);
    expanded(expansion);
    return expansion.used();
  }

  /**
   * The query over the given rows. No catalog is asked, so it reads exactly what it is given; both
   * {@code orders.x} and {@code silver.orders.x} name a column of {@code silver.orders}.
   *
   * @param tables asked once for every reference
   * @throws SqlSyntaxException if the query does not fit the tables, with Spark's reason and the
   *     place
   */
  public Dataset<Row> bind(SparkSession spark, Function<TableName, Dataset<Row>> tables) {
    Dataset<Row> rows =
        Catalyst.analyzed(spark, bound(table -> tables.apply(table).queryExecution().analyzed()));
    SpecialTimes.refuse(rows.queryExecution().analyzed());
    return rows;
  }

  /**
   * The columns that the query would return. Needs no session.
   *
   * @param tables the columns of each table; asked once for every reference
   * @throws SqlSyntaxException if the query does not fit the tables
   */
  public StructType schema(Function<TableName, StructType> tables) {
    return analyzed(tables).schema();
  }

  /**
   * The query as Spark would carry it out, over tables without rows. Needs no session.
   *
   * @param tables the columns of each table; asked once for every reference
   * @throws SqlSyntaxException if the query does not fit the tables
   */
  public LogicalPlan analyzed(Function<TableName, StructType> tables) {
    return Typing.analyzed(bound(table -> Catalyst.rows(tables.apply(table))));
  }

  private LogicalPlan bound(Function<TableName, LogicalPlan> tables) {
    List<SqlProblem> problems = problems();
    if (!problems.isEmpty()) {
      SqlProblem first = problems.get(0);
      throw new SqlSyntaxException(first.line(), first.column(), first.message());
    }
    return new PlanTraversal(
            new PlanTraversal.Visitor() {
              @Override
              public LogicalPlan relation(UnresolvedRelation relation) {
                SqlReference reference = reference(relation);
                TableName table = reference.table().orElseThrow();
                return Catalyst.named(
                    List.of(table.layer().label(), table.name()), tables.apply(table));
              }
            })
        .visit(plan);
  }

  static SqlReference reference(UnresolvedRelation relation) {
    List<String> parts = Catalyst.list(relation.multipartIdentifier());
    Optional<TableName> table =
        parts.size() == 2
            ? TableName.parse(Catalyst.lower(parts.get(0)) + "." + Catalyst.lower(parts.get(1)))
            : Optional.empty();
    return new SqlReference(parts, table, Catalyst.line(relation), Catalyst.column(relation));
  }
}
