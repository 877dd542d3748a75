package io.assay.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Spark's parser and its trees, as Java sees them: the one class of this package that deals with
 * Scala's collections and signatures.
 */
final class Catalyst {
  private Catalyst() {}

  /**
   * @throws SqlSyntaxException if the text is no statement
   */
  static LogicalPlan parsePlan(String text) {
    return parsed(() -> new CatalystSqlParser().parsePlan(text));
  }

  /**
   * @throws SqlSyntaxException if the text is no expression
   */
  static Expression parseExpression(String text) {
    return parsed(() -> new CatalystSqlParser().parseExpression(text));
  }

  private static <T> T parsed(Supplier<T> parser) {
    return Analysis.of(parser, Catalyst::syntax);
  }

  private static SqlSyntaxException syntax(AnalysisException problem) {
    return new SqlSyntaxException(
        number(problem.line(), 1),
        number(problem.startPosition(), 0) + 1,
        firstSentence(problem.message()));
  }

  /** Spark's message without its error class in front and the excerpt of the text behind. */
  private static String firstSentence(String message) {
    String text = message.strip().replaceFirst("^\\[[A-Z0-9_.]+\\]\\s*", "");
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  static int line(TreeNode<?> node) {
    return number(node.origin().line(), 1);
  }

  static int column(TreeNode<?> node) {
    Origin origin = node.origin();
    return number(origin.startPosition(), 0) + 1;
  }

  static SqlProblem problem(TreeNode<?> node, String message) {
    return new SqlProblem(line(node), column(node), message);
  }

  private static int number(Option<Object> number, int otherwise) {
    return number.isDefined() ? (Integer) number.get() : otherwise;
  }

  static <T> List<T> list(Seq<T> items) {
    return JavaConverters.seqAsJavaList(items);
  }

  static <T> Seq<T> seq(List<T> items) {
    return JavaConverters.asScalaBuffer(items).toSeq();
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether Spark has a function of this name. */
  static boolean isBuiltIn(String name) {
    return FunctionRegistry.builtin().functionExists(new FunctionIdentifier(lower(name)));
  }

  /** The names of all functions that Spark has. */
  static List<String> builtIns() {
    return list(FunctionRegistry.builtin().listFunction()).stream()
        .map(FunctionIdentifier::funcName)
        .toList();
  }

  static SubqueryAlias named(List<String> parts, LogicalPlan plan) {
    int last = parts.size() - 1;
    return new SubqueryAlias(
        new AliasIdentifier(parts.get(last), seq(parts.subList(0, last))), plan);
  }

  /** The definitions of a WITH, in order. */
  static List<Tuple2<String, SubqueryAlias>> definitions(UnresolvedWith with) {
    return list(with.cteRelations());
  }

  static UnresolvedWith with(LogicalPlan body, List<Tuple2<String, SubqueryAlias>> definitions) {
    return new UnresolvedWith(body, seq(definitions));
  }

  static LogicalPlan mapChildren(LogicalPlan plan, UnaryOperator<LogicalPlan> change) {
    return plan.mapChildren(change::apply);
  }

  static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
    return expression.mapChildren(change::apply);
  }

  /** Changes a node's own expressions, named windows included, which Spark itself passes over. */
  static LogicalPlan mapExpressions(LogicalPlan plan, UnaryOperator<Expression> change) {
    if (plan instanceof WithWindowDefinition windows) {
      List<Tuple2<String, WindowSpecDefinition>> changed = new ArrayList<>();
      for (Tuple2<String, WindowSpecDefinition> window :
          list(windows.windowDefinitions().toSeq())) {
        changed.add(new Tuple2<>(window._1(), (WindowSpecDefinition) change.apply(window._2())));
      }
      return windows.copy(seq(changed).toMap(Predef.$conforms()), windows.child());
    }
    return (LogicalPlan) plan.mapExpressions(change::apply);
  }

  /** The query of a subquery expression. */
  static LogicalPlan plan(PlanExpression<?> subquery) {
    return (LogicalPlan) subquery.plan();
  }

  @SuppressWarnings("unchecked")
  static Expression withPlan(PlanExpression<?> subquery, LogicalPlan plan) {
    return ((PlanExpression<LogicalPlan>) subquery).withNewPlan(plan);
  }

  static List<String> variables(LambdaFunction lambda) {
    return list(lambda.arguments()).stream()
        .map(variable -> ((UnresolvedNamedLambdaVariable) variable).name())
        .toList();
  }

  static Expression lambdaVariable(String name) {
    return new UnresolvedNamedLambdaVariable(seq(List.of(name)));
  }

  /** A value's field's field, by names. */
  static Expression fields(Expression value, List<String> names) {
    Expression inner = value;
    for (String name : names) {
      inner = new UnresolvedExtractValue(inner, Literal.create(name, DataTypes.StringType));
    }
    return inner;
  }

  /** No rows, of these columns. */
  static LogicalPlan rows(StructType columns) {
    return LocalRelation$.MODULE$.apply(columns);
  }

  /** A plan of the rows for which a condition is true. */
  static LogicalPlan filtered(Expression condition, LogicalPlan rows) {
    return new Filter(condition, rows);
  }

  /**
   * A bound plan, analysed without a session: only Spark's own functions are known.
   *
   * @throws SqlSyntaxException if it refuses the plan
   */
  static LogicalPlan analyzed(LogicalPlan plan) {
    SessionCatalog nothing =
        new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)),
            FunctionRegistry.builtin(),
            TableFunctionRegistry.builtin());
    QueryPlanningTracker tracker = new QueryPlanningTracker(Option.empty());
    return Analysis.of(
        () -> new Analyzer(nothing).executeAndCheck(plan, tracker), Catalyst::syntax);
  }

  /** The rows of a bound query. */
  static Dataset<Row> analyzed(SparkSession spark, LogicalPlan plan) {
    return Analysis.of(() -> Dataset.ofRows(spark, plan), Catalyst::syntax);
  }
}
