package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Problems;
import io.assay.quality.measure.Measure;
import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlReference;
import io.assay.sql.SqlSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Rules of {@code type: sql}: a query judges the batch, any other expression judges each row. */
final class SqlRules {
  private static final Pattern QUERY = Pattern.compile("(?is)\\s*(select|with)\\b.*");

  private final Problems problems;
  private final Map<String, ContractColumn> columns;
  private final Map<String, SqlFunction> functions;

  /**
   * @param functions of the project, by lower-case name
   */
  SqlRules(
      Problems problems, Map<String, ContractColumn> columns, Map<String, SqlFunction> functions) {
    this.problems = problems;
    this.columns = columns;
    this.functions = functions;
  }

  Optional<Judgement> read(RuleSource source) {
    if (source.quality().query() == null) {
      return Optional.empty();
    } else if (source.quality().query().isEmpty()) {
      problems.add(source.place().position(), source.path(), "the key 'query' is missing");
      return Optional.empty();
    }
    String query = withColumn(source, source.quality().query().get());
    return QUERY.matcher(query).matches() ? batch(source, query) : row(source, query);
  }

  /** The standard's placeholders: of the column, and of the table in its older spelling. */
  private static String withColumn(RuleSource source, String query) {
    String table = query.replace("${object}", "${table}");
    return source
        .column()
        .map(column -> Predicates.name(column.name()))
        .map(name -> table.replace("${column}", name).replace("${property}", name))
        .orElse(table);
  }

  private Optional<Judgement> row(RuleSource source, String condition) {
    List<String> wrong = new RowCondition(condition).problems(columns, functions);
    wrong.forEach(problem -> source.problem(problems, "query", problem));
    if (!wrong.isEmpty() || !holdsForEachRow(source)) {
      return Optional.empty();
    }
    String predicate = Predicates.unlessNull(condition);
    return Optional.of(
        new Judgement(
            source.column().map(column -> column.name() + "_sql").orElse("row_sql"),
            Optional.of(predicate),
            new Measure.Broken(
                source.column().map(ContractColumn::name),
                predicate,
                SqlExpressions.used(condition, functions)),
            Judgement.NONE,
            Optional.empty(),
            condition));
  }

  /** The standard wants an operator; of a condition, only one makes sense. */
  private boolean holdsForEachRow(RuleSource source) {
    Mapping rule = (Mapping) source.place();
    Element value = rule.values().get("mustBe");
    if (Operators.in(rule).equals(List.of("mustBe"))
        && value instanceof Scalar scalar
        && scalar.text().equalsIgnoreCase("true")) {
      return true;
    }
    source.problem(
        problems,
        Operators.in(rule).stream().findFirst().orElse("query"),
        "a condition on each row takes 'mustBe: true'; a query that returns one number begins with"
            + " SELECT");
    return false;
  }

  private Optional<Judgement> batch(RuleSource source, String query) {
    Map<String, SqlFunction> used;
    try {
      SqlQuery parsed = Measure.SqlScalar.parsed(query);
      if (!readsTheJudgedRowsOnly(parsed, source)) {
        return Optional.empty();
      }
      used = parsed.used(functions);
      Optional<StructType> types = ContractSchema.types(columns.values());
      if (types.isPresent()) {
        requireNumber(parsed.expand(used).schema(table -> types.get()), source);
      }
    } catch (SqlSyntaxException e) {
      source.problem(problems, "query", e.getMessage());
      return Optional.empty();
    }
    Optional<Threshold> threshold =
        Operators.threshold((Mapping) source.place(), source.path(), problems);
    return threshold.map(
        bound ->
            new Judgement(
                source.column().map(column -> column.name() + "_query").orElse("query"),
                Optional.empty(),
                new Measure.SqlScalar(query, used),
                bound,
                Optional.empty(),
                query.strip()));
  }

  private boolean readsTheJudgedRowsOnly(SqlQuery query, RuleSource source) {
    List<String> wrong = new ArrayList<>();
    query.timeDependence().forEach(problem -> wrong.add(problem.message()));
    for (SqlReference reference : query.references()) {
      if (!reference.table().equals(Optional.of(Measure.SqlScalar.JUDGED))) {
        wrong.add(
            "reads "
                + String.join(".", reference.parts())
                + "; a rule sees nothing but the judged rows, ${table}");
      }
    }
    wrong.forEach(message -> source.problem(problems, "query", message));
    return wrong.isEmpty();
  }

  private void requireNumber(StructType answer, RuleSource source) {
    if (answer.size() != 1 || !(answer.fields()[0].dataType() instanceof NumericType)) {
      source.problem(
          problems, "query", "must return one number, and returns " + answer.simpleString());
    }
  }
}
