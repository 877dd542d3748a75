package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.StandardDocument.Dimension;
import io.assay.document.Element.Scalar;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One of the standard's metrics: all that is particular to it. */
enum LibraryMetric {
  NULL_VALUES("nullValues", Place.COLUMN, ColumnKind.ANY, Set.of(), LibraryMetric::nulls),
  MISSING_VALUES(
      "missingValues",
      Place.COLUMN,
      ColumnKind.ANY,
      Set.of("missingValues"),
      LibraryMetric::missing),
  INVALID_VALUES(
      "invalidValues",
      Place.COLUMN,
      ColumnKind.LITERAL,
      Set.of("validValues", "pattern"),
      LibraryMetric::invalid),
  DUPLICATE_VALUES(
      "duplicateValues",
      Place.ANYWHERE,
      ColumnKind.FLAT,
      Set.of("properties"),
      LibraryMetric::duplicates),
  ROW_COUNT("rowCount", Place.TABLE, ColumnKind.ANY, Set.of(), LibraryMetric::rows);

  /** Where in a contract a metric may stand. */
  enum Place {
    COLUMN,
    TABLE,
    ANYWHERE
  }

  /**
   * What a contract gives to a metric.
   *
   * @param column whose rule it is; empty: the table's
   */
  record Given(
      Optional<ContractColumn> column, RuleArguments arguments, Unit unit, Threshold threshold) {
    String name() {
      return column.orElseThrow().name();
    }
  }

  private final String key;
  private final Place place;
  private final ColumnKind kind;
  private final Set<String> arguments;
  private final Function<Given, Optional<Judgement>> judgement;

  LibraryMetric(
      String key,
      Place place,
      ColumnKind kind,
      Set<String> arguments,
      Function<Given, Optional<Judgement>> judgement) {
    this.key = key;
    this.place = place;
    this.kind = kind;
    this.arguments = arguments;
    this.judgement = judgement;
  }

  /** As the standard calls it. */
  String key() {
    return key;
  }

  Place place() {
    return place;
  }

  /** Of which columns it can be asked. */
  ColumnKind kind() {
    return kind;
  }

  /** The arguments that it knows. */
  Set<String> arguments() {
    return arguments;
  }

  /** What is judged; empty if an argument is wrong, which is then among the problems. */
  Optional<Judgement> judgement(Given given) {
    return judgement.apply(given);
  }

  private static Optional<Judgement> rows(Given given) {
    if (given.unit() == Unit.PERCENT) {
      given.arguments().problem("unit", "rowCount counts rows");
      return Optional.empty();
    }
    return Optional.of(
        batch("row_count", new Measure.RowCount(), given, Dimension.COVERAGE, "rows"));
  }

  private static Optional<Judgement> nulls(Given given) {
    String predicate = Predicates.notNull(given.name());
    return Optional.of(
        decidable(
            given.name() + "_not_null",
            predicate,
            new Measure.Missing(given.name(), predicate, given.unit()),
            given,
            Dimension.COMPLETENESS,
            given.name() + " is given"));
  }

  private static Optional<Judgement> missing(Given given) {
    return given
        .arguments()
        .literals("missingValues", given.column().orElseThrow())
        .map(literals -> Predicates.present(given.name(), literals))
        .map(
            predicate ->
                decidable(
                    given.name() + "_present",
                    predicate,
                    new Measure.Missing(given.name(), predicate, given.unit()),
                    given,
                    Dimension.COMPLETENESS,
                    given.name() + " is given"));
  }

  private static Optional<Judgement> invalid(Given given) {
    List<Scalar> values = given.arguments().values("validValues");
    boolean pattern = given.arguments().has("pattern");
    if (values.isEmpty() == !pattern) {
      given.arguments().problem("", "expected exactly one of the arguments validValues, pattern");
      return Optional.empty();
    }
    return pattern
        ? pattern(given)
        : given
            .arguments()
            .literals("validValues", given.column().orElseThrow())
            .map(
                literals ->
                    valid(
                        given,
                        Predicates.among(given.name(), literals),
                        given.name() + " is one of " + values.stream().map(Scalar::text).toList()));
  }

  private static Optional<Judgement> pattern(Given given) {
    ContractColumn column = given.column().orElseThrow();
    if (!ColumnKind.TEXT.accepts(column.type())) {
      given
          .arguments()
          .problem(
              "pattern",
              "a pattern fits text, and " + column.name() + " is " + column.type().simpleString());
      return Optional.empty();
    }
    return given
        .arguments()
        .pattern("pattern")
        .map(
            text ->
                valid(
                    given,
                    Predicates.matching(column.name(), text),
                    column.name() + " matches [" + text + "]"));
  }

  private static Judgement valid(Given given, String predicate, String expected) {
    return decidable(
        given.name() + "_valid",
        predicate,
        new Measure.Invalid(given.name(), predicate, given.unit()),
        given,
        Dimension.CONFORMITY,
        expected);
  }

  private static Optional<Judgement> duplicates(Given given) {
    Optional<List<ContractColumn>> named = given.arguments().columns("properties");
    if (named.isEmpty()) {
      return Optional.empty();
    } else if (given.column().isEmpty() && named.get().isEmpty()) {
      given.arguments().problem("", "give the columns that must differ: arguments.properties");
      return Optional.empty();
    }
    List<String> among = new ArrayList<>();
    given.column().ifPresent(column -> among.add(column.name()));
    for (ContractColumn column : named.get()) {
      if (column.type() == null) {
        return Optional.empty();
      } else if (!ColumnKind.FLAT.accepts(column.type())) {
        given.arguments().problem("properties", ColumnKind.FLAT.refusal("duplicateValues", column));
        return Optional.empty();
      } else if (!among.contains(column.name())) {
        among.add(column.name());
      }
    }
    return Optional.of(
        batch(
            String.join("_", among) + "_unique",
            new Measure.Duplicates(List.copyOf(among), given.unit()),
            given,
            Dimension.UNIQUENESS,
            "repeated " + String.join(", ", among)));
  }

  private static Judgement batch(
      String name, Measure measure, Given given, Dimension dimension, String description) {
    return new Judgement(
        name,
        Optional.empty(),
        measure,
        given.threshold(),
        Optional.of(dimension.name().toLowerCase(Locale.ROOT)),
        description);
  }

  /** A rule that one row can break, if none may. */
  private static Judgement decidable(
      String name,
      String row,
      Measure measure,
      Given given,
      Dimension dimension,
      String description) {
    return new Judgement(
        name,
        given.threshold().equals(Judgement.NONE) ? Optional.of(row) : Optional.empty(),
        measure,
        given.threshold(),
        Optional.of(dimension.name().toLowerCase(Locale.ROOT)),
        description);
  }
}
