package io.assay.contract;

import io.assay.contract.Constraint.Argument;
import io.assay.contract.Constraint.Bound;
import io.assay.contract.Constraint.Columns;
import io.assay.contract.Constraint.Given;
import io.assay.contract.StandardDocument.Dimension;
import io.assay.quality.measure.Measure;
import io.assay.sql.SqlExpressions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The constraints on the share of rows that satisfy a condition. */
final class ConditionConstraints {
  private static final String LET_BE = "a null counts as in order";

  static final List<Constraint> ALL =
      List.of(
          share(
              "isContainedIn",
              ColumnKind.LITERAL,
              new Argument("values", "those allowed"),
              given -> allowed(given).map(v -> Predicates.among(given.column().name(), v)),
              "allowed_share",
              "the share of rows whose value is one of `values`, 0 to 1"),
          share(
              "isNonNegative",
              ColumnKind.NUMBER,
              null,
              given -> Optional.of(Predicates.compared(given.column().name(), ">=", "0")),
              "non_negative_share",
              "the share of rows whose value is 0 or more, 0 to 1"),
          share(
              "isPositive",
              ColumnKind.NUMBER,
              null,
              given -> Optional.of(Predicates.compared(given.column().name(), ">", "0")),
              "positive_share",
              "the share of rows whose value is more than 0, 0 to 1"),
          satisfies(),
          new Constraint(
              "hasHistogramValues",
              Columns.one(ColumnKind.LITERAL),
              List.of(new Argument("value", "the one that is counted")),
              Bound.GIVEN,
              Dimension.CONSISTENCY,
              "value_share",
              "the share of rows with this value, 0 to 1",
              "a null is another value",
              ConditionConstraints::valueShare));

  private ConditionConstraints() {}

  private static Constraint share(
      String name,
      ColumnKind kind,
      Argument argument,
      Function<Given, Optional<String>> predicate,
      String suffix,
      String measured) {
    return new Constraint(
        name,
        Columns.one(kind),
        argument == null ? List.of() : List.of(argument),
        Bound.ONE_UNLESS_GIVEN,
        Dimension.CONFORMITY,
        suffix,
        measured,
        kind == ColumnKind.NUMBER ? LET_BE + ", NaN too: it is above any number" : LET_BE,
        given ->
            predicate
                .apply(given)
                .map(
                    condition ->
                        new Measure.Compliance(
                            Optional.of(given.column().name()), condition, Map.of())));
  }

  private static Optional<List<String>> allowed(Given given) {
    if (given.arguments().values("values").isEmpty()) {
      given.arguments().problem("values", "give the values that are allowed: values");
      return Optional.empty();
    }
    return given.arguments().literals("values", given.column());
  }

  private static Optional<Measure> valueShare(Given given) {
    return given
        .arguments()
        .text("value")
        .flatMap(text -> given.arguments().literals("value", given.column()))
        .filter(literals -> literals.size() == 1)
        .map(literals -> Predicates.name(given.column().name()) + " = " + literals.get(0))
        .map(
            condition ->
                new Measure.Compliance(Optional.of(given.column().name()), condition, Map.of()));
  }

  private static Constraint satisfies() {
    return new Constraint(
        "satisfies",
        Columns.NONE,
        List.of(new Argument("condition", "SQL over the contract's columns")),
        Bound.ONE_UNLESS_GIVEN,
        Dimension.CONSISTENCY,
        "satisfied_share",
        "the share of rows for which `condition` is true, 0 to 1",
        "unknown (null) is not true",
        ConditionConstraints::satisfied);
  }

  private static Optional<Measure> satisfied(Given given) {
    Optional<String> condition = given.arguments().text("condition");
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    List<String> problems =
        new RowCondition(condition.get()).problems(given.arguments().columns(), given.functions());
    problems.forEach(problem -> given.arguments().problem("condition", problem));
    return problems.isEmpty()
        ? Optional.of(
            new Measure.Compliance(
                Optional.empty(),
                condition.get(),
                SqlExpressions.used(condition.get(), given.functions())))
        : Optional.empty();
  }
}
