package io.assay.contract;

import io.assay.contract.Constraint.Bound;
import io.assay.document.ReferencePage;
import java.util.stream.Collectors;

/**
 * The reference of the rules of {@code engine: deequ}, made from the constraints. {@code assay
 * schema --write} puts it into {@code docs/reference}.
 */
public final class RuleReference {
  /** The page below the installation's root. */
  public static final String PAGE = "docs/reference/constraints.md";

  private RuleReference() {}

  /** The page, in Markdown. */
  public static String page() {
    ReferencePage page = new ReferencePage();
    constraints(page);
    anomalies(page);
    return page.text();
  }

  private static void constraints(ReferencePage page) {
    page.say(
        """
        # Constraints

        <!-- Made from the constraints in io.assay.contract by `bin/assay schema --write`. Do not edit. -->

        What a rule of `type: custom, engine: deequ` can name in its `implementation`:

            implementation: {constraint: hasApproxQuantile, column: amount, quantile: 0.5, mustBeLessThan: 100}

        `column` names one column, `columns` several; in a column's own quality section both can be left out. Other rules stand in
        [contracts](../how-to/contracts.md). A measured value that is not a number (NaN), or for which there is nothing to
        measure, as in a column of nulls, breaks the rule. Of a batch without rows only `hasSize` says something.

        A share that must be 1 asks something of each row, and so each row is judged, and goes to quarantine if it breaks the rule:
        `isComplete`, `hasCompleteness`, `isContainedIn`, `isNonNegative`, `isPositive`, `satisfies`, `hasHistogramValues` and `hasPattern`.
        With `onFailure: hold`, with any other bound, and by all other constraints, the batch is judged.

        | constraint | columns | arguments | measures | nulls and NaN | operator |
        | --- | --- | --- | --- | --- | --- |
        """);
    Constraints.ALL.forEach(constraint -> page.say(row(constraint)));
    page.say(
        """

        With `on: table` the whole table is judged, by what is kept of its rows: see [rules on the whole table](../concepts/quality.md#rules-on-the-whole-table). That cannot be for `isUnique`,
        `hasUniqueness`, `hasDistinctness`, `hasEntropy`, `hasMutualInformation`, `hasExactQuantile` and `hasReferentialIntegrity`.
        """);
  }

  private static void anomalies(ReferencePage page) {
    page.say(
        """

        ## Anomalies

        A constraint that takes an operator can compare a batch with earlier ones:

            implementation: {constraint: hasSize, anomaly: zScore, mustBeBetween: [-3, 3]}

        A rule of `type: library` or `type: sql` keeps its own operator, and a property beside it compares what it measures, as a rule of its own:

            metric: rowCount
            mustBeGreaterThan: 0
            customProperties:
              - property: anomaly
                value: {kind: zScore, mustBeBetween: [-3, 3]}

        The operator beside `anomaly` or `kind` bounds how far the measured value is from earlier ones, and is `mustBeBetween`, `mustBeGreaterOrEqualTo` or
        `mustBeLessOrEqualTo`. Which batches count stands in [quality](../concepts/quality.md#anomalies), worked numbers in
        [how to compare batches](../how-to/compare-batches.md).

        | `anomaly`, `kind` | what is bounded |
        | --- | --- |
        | `absoluteChange` | the value less the one before |
        | `relativeChange` | the same by the size of the one before: 0.1 is 10 % more; from 0 any change is infinite |
        | `zScore` | the distance from the mean of the earlier values, in their standard deviations (divisor n - 1); infinite if they never changed and this one does |
        | `interquartileRange` | the distance from the nearer quartile of the earlier values, in ranges between the quartiles; 0 between them |

        | argument | |
        | --- | --- |
        """);
    DeviationArguments.ALL.forEach(
        argument -> page.say("| `%s` | %s |\n".formatted(argument.key(), argument.words())));
    page.say(
        """
        | `onFailure` | `hold` or `warn`, of the property only; if not given what the rule says, and `hold` if that is quarantine or nothing |
        """);
  }

  private static String row(Constraint constraint) {
    String arguments =
        constraint.arguments().stream()
            .map(argument -> "`" + argument.key() + "`: " + argument.words())
            .collect(Collectors.joining("; "));
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            constraint.name(),
            constraint.columns().words(),
            arguments,
            constraint.measured(),
            constraint.nulls(),
            operator(constraint.bound()));
  }

  private static String operator(Bound bound) {
    return switch (bound) {
      case ONE -> "none, it is 1";
      case ONE_UNLESS_GIVEN -> "1 if none is given";
      case GIVEN -> "needed";
    };
  }
}
