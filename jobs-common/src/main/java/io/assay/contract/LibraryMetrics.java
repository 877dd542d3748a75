package io.assay.contract;

import io.assay.contract.BatchRule.Measure;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Unit;
import io.assay.contract.QualityRules.Judgement;
import io.assay.contract.QualityRules.RuleSource;
import io.assay.contract.StandardDocument.Dimension;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The standard's own metrics. */
final class LibraryMetrics {
  private static final List<String> METRICS =
      List.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");

  private final Problems problems;
  private final Map<String, ContractColumn> columns;

  LibraryMetrics(Problems problems, Map<String, ContractColumn> columns) {
    this.problems = problems;
    this.columns = columns;
  }

  Optional<Judgement> read(RuleSource source) {
    if (source.quality().metric() == null) {
      return Optional.empty();
    } else if (source.quality().metric().isEmpty()) {
      problems.add(
          source.place().position(),
          source.path(),
          "the key 'metric' is missing: one of "
              + String.join(", ", METRICS)
              + "; or say type: text");
      return Optional.empty();
    }
    String metric = source.quality().metric().get();
    if (!METRICS.contains(metric)) {
      source.problem(
          problems, "metric", "unknown metric '" + metric + "'" + Nearest.hint(metric, METRICS));
      return Optional.empty();
    }
    Optional<Unit> unit = QualityRules.unit(source, problems);
    Optional<Threshold> threshold =
        Operators.threshold((Mapping) source.place(), source.path(), problems);
    Set<String> known = arguments(metric);
    arguments(source).values().keySet().forEach(key -> argument(source, key, known));
    if (unit.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    return switch (metric) {
      case "rowCount" -> rowCount(source, unit.get(), threshold.get());
      case "duplicateValues" -> duplicates(source, unit.get(), threshold.get());
      default -> values(source, metric, unit.get(), threshold.get());
    };
  }

  private static Set<String> arguments(String metric) {
    return switch (metric) {
      case "missingValues" -> Set.of("missingValues");
      case "invalidValues" -> Set.of("validValues", "pattern");
      case "duplicateValues" -> Set.of("properties");
      default -> Set.of();
    };
  }

  private void argument(RuleSource source, String key, Set<String> known) {
    if (!known.contains(key)) {
      problems.add(
          source.place().at("arguments", key),
          source.path() + ".arguments." + key,
          "unknown argument '" + key + "'" + Nearest.hint(key, known));
    }
  }

  private static Mapping arguments(RuleSource source) {
    return ((Mapping) source.place())
        .mapping("arguments")
        .orElse(Mapping.empty(source.place().position()));
  }

  private Optional<Judgement> rowCount(RuleSource source, Unit unit, Threshold threshold) {
    if (source.column().isPresent()) {
      source.problem(problems, "metric", "rowCount belongs to the table's quality, not a column's");
      return Optional.empty();
    } else if (unit == Unit.PERCENT) {
      source.problem(problems, "unit", "rowCount counts rows");
      return Optional.empty();
    }
    return Optional.of(
        judgement("row_count", new Measure.RowCount(), threshold, Dimension.COVERAGE, "rows"));
  }

  private Optional<Judgement> duplicates(RuleSource source, Unit unit, Threshold threshold) {
    List<String> among = new ArrayList<>();
    source.column().ifPresent(column -> among.add(column.name()));
    List<Scalar> named = scalars(arguments(source).value("properties"));
    if (source.column().isEmpty() && named.isEmpty()) {
      source.problem(
          problems, "arguments", "give the columns that must differ: arguments.properties");
      return Optional.empty();
    }
    for (Scalar name : named) {
      if (!columns.containsKey(name.text())) {
        problems.add(
            name.position(),
            source.path() + ".arguments.properties",
            "unknown column '" + name.text() + "'" + Nearest.hint(name.text(), columns.keySet()));
        return Optional.empty();
      } else if (!among.contains(name.text())) {
        among.add(name.text());
      }
    }
    return Optional.of(
        judgement(
            String.join("_", among) + "_unique",
            new Measure.Duplicates(List.copyOf(among), unit),
            threshold,
            Dimension.UNIQUENESS,
            "repeated " + String.join(", ", among)));
  }

  private static Judgement judgement(
      String name, Measure measure, Threshold threshold, Dimension dimension, String description) {
    return new Judgement(
        name,
        Optional.empty(),
        measure,
        threshold,
        Optional.of(dimension.name().toLowerCase(Locale.ROOT)),
        description);
  }

  private Optional<Judgement> values(
      RuleSource source, String metric, Unit unit, Threshold threshold) {
    if (source.column().isEmpty()) {
      source.problem(problems, "metric", metric + " belongs to a column's quality");
      return Optional.empty();
    }
    ContractColumn column = source.column().get();
    if (column.type() == null) {
      return Optional.empty();
    }
    return switch (metric) {
      case "nullValues" ->
          Optional.of(
              decidable(
                  column.name() + "_not_null",
                  Predicates.notNull(column.name()),
                  new Measure.Missing(column.name(), List.of(), unit),
                  threshold,
                  Dimension.COMPLETENESS,
                  column.name() + " is given"));
      case "missingValues" -> missing(source, column, unit, threshold);
      default -> invalid(source, column, unit, threshold);
    };
  }

  private Optional<Judgement> missing(
      RuleSource source, ContractColumn column, Unit unit, Threshold threshold) {
    List<Scalar> values =
        scalars(arguments(source).value("missingValues")).stream()
            .filter(value -> value.kind() != Scalar.Kind.NULL)
            .toList();
    return literals(source, column, values)
        .map(
            literals ->
                decidable(
                    column.name() + "_present",
                    Predicates.present(column.name(), literals),
                    new Measure.Missing(
                        column.name(), values.stream().map(Scalar::text).toList(), unit),
                    threshold,
                    Dimension.COMPLETENESS,
                    column.name() + " is given"));
  }

  private Optional<Judgement> invalid(
      RuleSource source, ContractColumn column, Unit unit, Threshold threshold) {
    List<Scalar> values = scalars(arguments(source).value("validValues"));
    Optional<Element> pattern = arguments(source).value("pattern");
    if (values.isEmpty() == pattern.isEmpty()) {
      source.problem(
          problems, "arguments", "expected exactly one of the arguments validValues, pattern");
      return Optional.empty();
    }
    Optional<String> predicate =
        pattern.isPresent()
            ? pattern(source, column, pattern.get())
            : literals(source, column, values)
                .map(literals -> Predicates.among(column.name(), literals));
    String expected =
        pattern.isPresent()
            ? column.name() + " matches " + scalars(pattern).stream().map(Scalar::text).toList()
            : column.name() + " is one of " + values.stream().map(Scalar::text).toList();
    return predicate.map(
        condition ->
            decidable(
                column.name() + "_valid",
                condition,
                new Measure.Invalid(column.name(), condition, unit),
                threshold,
                Dimension.CONFORMITY,
                expected));
  }

  private Optional<String> pattern(RuleSource source, ContractColumn column, Element pattern) {
    if (!column.type().typeName().equals("string")) {
      problems.add(
          pattern.position(),
          source.path() + ".arguments.pattern",
          "a pattern fits text, and " + column.name() + " is " + column.type().simpleString());
      return Optional.empty();
    }
    String text = pattern instanceof Scalar scalar ? scalar.text() : "";
    try {
      Pattern.compile(text);
      return Optional.of(Predicates.matching(column.name(), text));
    } catch (PatternSyntaxException e) {
      problems.add(
          pattern.position(),
          source.path() + ".arguments.pattern",
          "is no regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  /** A rule that one row can break, if none may. */
  private static Judgement decidable(
      String name,
      String row,
      Measure measure,
      Threshold threshold,
      Dimension dimension,
      String description) {
    return new Judgement(
        name,
        threshold.equals(Judgement.NONE) ? Optional.of(row) : Optional.empty(),
        measure,
        threshold,
        Optional.of(dimension.name().toLowerCase(Locale.ROOT)),
        description);
  }

  private Optional<List<String>> literals(
      RuleSource source, ContractColumn column, List<Scalar> values) {
    List<String> literals = new ArrayList<>();
    for (Scalar value : values) {
      Optional<String> literal = Predicates.literal(column.type(), value);
      if (literal.isEmpty()) {
        problems.add(
            value.position(),
            source.path() + ".arguments",
            "'" + value.text() + "' is no " + column.type().simpleString());
        return Optional.empty();
      }
      literals.add(literal.get());
    }
    return Optional.of(literals);
  }

  private static List<Scalar> scalars(Optional<Element> element) {
    if (element.isPresent() && element.get() instanceof Sequence sequence) {
      return sequence.items().stream()
          .filter(Scalar.class::isInstance)
          .map(Scalar.class::cast)
          .toList();
    }
    return element.filter(Scalar.class::isInstance).map(Scalar.class::cast).stream().toList();
  }
}
