package io.assay.contract;

import io.assay.contract.Constraint.Argument;
import io.assay.contract.Constraint.Bound;
import io.assay.contract.Constraint.Columns;
import io.assay.contract.Constraint.Given;
import io.assay.contract.StandardDocument.Dimension;
import io.assay.document.Element.Scalar;
import io.assay.quality.measure.AgeUnit;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Statistic;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every constraint that a contract can name. */
final class Constraints {
  private static final String LEFT_OUT = "nulls are left out";
  private static final String SPREADING = "nulls are left out; one NaN makes it NaN";
  private static final String GROUPED =
      "rows that are null in each of the columns are left out; NaN is a value";

  private static final Argument PATTERN =
      new Argument("pattern", "a regular expression of Java, found anywhere in the value");
  private static final Argument QUANTILE = new Argument("quantile", "from 0 to 1");
  private static final List<String> AGE_UNITS =
      Stream.of(AgeUnit.values()).map(unit -> unit.name().toLowerCase(Locale.ROOT)).toList();

  static final List<Constraint> ALL =
      Stream.of(completeness(), ConditionConstraints.ALL, groups(), numbers(), texts(), whole())
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableList());

  private Constraints() {}

  private static List<Constraint> completeness() {
    Columns one = Columns.one(ColumnKind.ANY);
    return List.of(
        statistic("isComplete", one, Bound.ONE, Dimension.COMPLETENESS, Statistic.COMPLETENESS)
            .telling("the share of rows with a value, 0 to 1", "NaN is a value"),
        statistic(
                "hasCompleteness", one, Bound.GIVEN, Dimension.COMPLETENESS, Statistic.COMPLETENESS)
            .telling("the share of rows with a value, 0 to 1", "NaN is a value"));
  }

  private static List<Constraint> groups() {
    Columns flat = Columns.one(ColumnKind.FLAT);
    Columns some = Columns.some(ColumnKind.FLAT);
    Dimension dimension = Dimension.UNIQUENESS;
    return List.of(
        statistic("isUnique", some, Bound.ONE, dimension, Statistic.UNIQUENESS)
            .telling("the share of rows whose values occur once, 0 to 1", GROUPED),
        statistic("hasUniqueness", some, Bound.GIVEN, dimension, Statistic.UNIQUENESS)
            .telling("the share of rows whose values occur once, 0 to 1", GROUPED),
        statistic("hasDistinctness", some, Bound.GIVEN, dimension, Statistic.DISTINCTNESS)
            .telling("different values by rows, 0 to 1", GROUPED),
        statistic(
                "hasApproxCountDistinct",
                flat,
                Bound.GIVEN,
                dimension,
                Statistic.APPROXIMATE_DISTINCT_VALUES)
            .telling(
                "the number of different values, by HyperLogLog++, about 5 % off",
                "nulls are left out; NaN is a value"),
        statistic("hasEntropy", flat, Bound.GIVEN, Dimension.CONSISTENCY, Statistic.ENTROPY)
            .telling("-Σ p ln p over the shares p of the values", GROUPED),
        statistic(
                "hasMutualInformation",
                Columns.two(ColumnKind.FLAT),
                Bound.GIVEN,
                Dimension.CONSISTENCY,
                Statistic.MUTUAL_INFORMATION)
            .telling(
                "Σ p(x,y) ln(p(x,y) / p(x)p(y)) over the pairs of values",
                "pairs with a null are left out of the sum, and count in the shares unless both"
                    + " are null"));
  }

  private static List<Constraint> numbers() {
    return List.of(
        number("hasMin", Statistic.MINIMUM, "the least value", "nulls and NaN are left out"),
        number("hasMax", Statistic.MAXIMUM, "the greatest value", SPREADING),
        number("hasMean", Statistic.MEAN, "the mean", SPREADING),
        number("hasSum", Statistic.SUM, "the sum", SPREADING),
        number(
            "hasStandardDeviation", Statistic.STANDARD_DEVIATION, "√(Σ(x - mean)² / n)", SPREADING),
        statistic(
                "hasCorrelation",
                Columns.two(ColumnKind.NUMBER),
                Bound.GIVEN,
                Dimension.CONSISTENCY,
                Statistic.CORRELATION)
            .telling(
                "Pearson's coefficient, -1 to 1",
                "rows with a null are left out; one NaN, or a column that never changes, makes it"
                    + " NaN"),
        quantile(
            "hasApproxQuantile",
            List.of(QUANTILE, new Argument("relativeError", "of the rank; 0.01 if not given")),
            "the value at the quantile, its rank off by at most `relativeError`",
            "nulls are left out; NaN, and infinity with it, is greater than any number"),
        quantile(
            "hasExactQuantile",
            List.of(QUANTILE),
            "the value at the quantile, between two values in proportion",
            "nulls are left out; NaN is greater than any number"));
  }

  private static List<Constraint> texts() {
    Columns text = Columns.one(ColumnKind.TEXT);
    return List.of(
        statistic("hasMinLength", text, Bound.GIVEN, Dimension.CONFORMITY, Statistic.MINIMUM_LENGTH)
            .telling("the length of the shortest text, in characters", LEFT_OUT),
        statistic("hasMaxLength", text, Bound.GIVEN, Dimension.CONFORMITY, Statistic.MAXIMUM_LENGTH)
            .telling("the length of the longest text, in characters", LEFT_OUT),
        new Constraint(
            "hasPattern",
            text,
            List.of(PATTERN),
            Bound.ONE_UNLESS_GIVEN,
            Dimension.CONFORMITY,
            "pattern_share",
            "the share of rows that match, 0 to 1",
            "a null does not match",
            given ->
                given
                    .arguments()
                    .pattern("pattern")
                    .map(pattern -> new Measure.PatternMatch(given.column().name(), pattern))));
  }

  private static List<Constraint> whole() {
    return List.of(
        new Constraint(
            "hasSize",
            Columns.NONE,
            List.of(),
            Bound.GIVEN,
            Dimension.COVERAGE,
            "row_count",
            "the number of rows",
            "",
            given -> Optional.of(new Measure.RowCount())),
        new Constraint(
            "hasFreshness",
            Columns.one(ColumnKind.TIME),
            List.of(new Argument("unit", "minutes, hours or days; hours if not given")),
            Bound.GIVEN,
            Dimension.TIMELINESS,
            "age",
            "the time from the newest value to the batch's own time; values ahead of that are left"
                + " out, or if all are, it is below 0, to the nearest; with `on: table` they count,"
                + " and it is below 0; a date begins at midnight UTC (Assay's own, not Deequ's)",
            LEFT_OUT,
            Constraints::age),
        new Constraint(
            "hasReferentialIntegrity",
            Columns.some(ColumnKind.FLAT),
            List.of(
                new Argument("references", "a table, such as `silver.customers`"),
                new Argument(
                    "referenced", "its columns, in that order; of the same names if not given")),
            Bound.ONE_UNLESS_GIVEN,
            Dimension.CONSISTENCY,
            "references",
            "the share of rows whose values stand together in a row of `references`, 0 to 1"
                + " (Assay's own, not Deequ's)",
            "a row with a null in one of the columns counts as in order; NaN is a value",
            Constraints::references));
  }

  private static Optional<Measure> references(Given given) {
    RuleArguments arguments = given.arguments();
    Optional<String> name = arguments.text("references");
    Optional<TableName> table =
        name.flatMap(TableName::parse)
            .filter(known -> known.layer() == Layer.SILVER || known.layer() == Layer.GOLD);
    if (name.isEmpty()) {
      return Optional.empty();
    } else if (table.isEmpty()) {
      arguments.problem("references", "expected a table of silver or gold, as silver.customers");
      return Optional.empty();
    }
    List<String> referenced =
        arguments.has("referenced")
            ? arguments.values("referenced").stream().map(Scalar::text).toList()
            : given.names();
    if (referenced.size() != given.names().size()) {
      arguments.problem("referenced", "name as many columns of " + table.get() + " as of this one");
      return Optional.empty();
    }
    return Optional.of(new Measure.References(given.names(), table.get(), referenced));
  }

  private static Constraint statistic(
      String name, Columns columns, Bound bound, Dimension dimension, Statistic statistic) {
    return new Constraint(
        name,
        columns,
        List.of(),
        bound,
        dimension,
        statistic.name().toLowerCase(Locale.ROOT),
        "",
        "",
        given -> Optional.of(new Measure.Aggregate(statistic, given.names())));
  }

  private static Constraint number(
      String name, Statistic statistic, String measured, String nulls) {
    Columns columns = Columns.one(ColumnKind.NUMBER);
    return statistic(name, columns, Bound.GIVEN, Dimension.ACCURACY, statistic)
        .telling(measured, nulls);
  }

  private static Constraint quantile(
      String name, List<Argument> arguments, String measured, String nulls) {
    return new Constraint(
        name,
        Columns.one(ColumnKind.NUMBER),
        arguments,
        Bound.GIVEN,
        Dimension.ACCURACY,
        "quantile",
        measured,
        nulls,
        given -> quantile(given, arguments.size() > 1));
  }

  private static Optional<Measure> quantile(Given given, boolean approximate) {
    RuleArguments arguments = given.arguments();
    Optional<Double> error =
        arguments.has("relativeError") ? arguments.share("relativeError") : Optional.of(0.01);
    Optional<Double> quantile = arguments.share("quantile");
    if (error.isPresent() && error.get() == 0) {
      arguments.problem("relativeError", "expected more than 0; hasExactQuantile is exact");
      return Optional.empty();
    } else if (error.isEmpty()) {
      return Optional.empty();
    }
    return quantile.map(
        share ->
            new Measure.Quantile(
                given.column().name(), share, approximate ? error : Optional.empty()));
  }

  private static Optional<Measure> age(Given given) {
    RuleArguments arguments = given.arguments();
    Optional<String> unit =
        arguments.has("unit") ? arguments.oneOf("unit", "unit", AGE_UNITS) : Optional.of("hours");
    return unit.map(
        name ->
            new Measure.Age(given.column().name(), AgeUnit.valueOf(name.toUpperCase(Locale.ROOT))));
  }
}
