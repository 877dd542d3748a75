package io.assay.contract;

import io.assay.contract.BatchRule.Measure;
import io.assay.contract.BatchRule.Threshold;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules of {@code type: custom, engine: deequ}: {@code implementation} is a mapping that names a
 * constraint as Deequ does, its columns, and an operator.
 */
final class DeequConstraints {
  private static final Set<String> EXACT = Set.of("isComplete", "isUnique");
  private static final List<String> CONSTRAINTS =
      List.of(
          "isComplete", "hasCompleteness", "isUnique", "hasUniqueness", "hasSize", "hasPattern");

  private final Problems problems;
  private final Map<String, ContractColumn> columns;

  DeequConstraints(Problems problems, Map<String, ContractColumn> columns) {
    this.problems = problems;
    this.columns = columns;
  }

  Optional<Judgement> read(RuleSource source) {
    String engine =
        Optional.ofNullable(source.quality().engine()).flatMap(given -> given).orElse("");
    if (!engine.equals("deequ")) {
      source.problem(problems, "engine", "the only engine is deequ, not '" + engine + "'");
      return Optional.empty();
    }
    Optional<Mapping> implementation = ((Mapping) source.place()).mapping("implementation");
    if (implementation.isEmpty()) {
      source.problem(
          problems,
          "implementation",
          "expected keys with values: constraint (one of "
              + String.join(", ", CONSTRAINTS)
              + "), columns, and an operator such as mustBeGreaterOrEqualTo");
      return Optional.empty();
    }
    return constraint(source, implementation.get());
  }

  private Optional<Judgement> constraint(RuleSource source, Mapping implementation) {
    String path = source.path() + ".implementation";
    String constraint = text(implementation, "constraint").orElse("");
    if (!CONSTRAINTS.contains(constraint)) {
      problems.add(
          implementation.keyPosition("constraint"),
          path + ".constraint",
          "unknown constraint '" + constraint + "'" + Nearest.hint(constraint, CONSTRAINTS));
      return Optional.empty();
    }
    boolean keysKnown = knownKeys(constraint, implementation, path);
    List<String> among = columns(source, implementation, path);
    Optional<Threshold> threshold = threshold(constraint, implementation, path);
    if (!keysKnown || among == null || threshold.isEmpty()) {
      return Optional.empty();
    } else if (constraint.equals("hasSize")) {
      return judgement("row_count", new Measure.RowCount(), threshold.get(), Dimension.COVERAGE);
    } else if (among.isEmpty()) {
      problems.add(implementation.position(), path, constraint + " needs a column");
      return Optional.empty();
    }
    return constraint.endsWith("Unique") || constraint.endsWith("Uniqueness")
        ? judgement(
            String.join("_", among) + "_uniqueness",
            new Measure.Uniqueness(among),
            threshold.get(),
            Dimension.UNIQUENESS)
        : ofOneColumn(constraint, among, implementation, path, threshold.get());
  }

  private Optional<Judgement> ofOneColumn(
      String constraint,
      List<String> among,
      Mapping implementation,
      String path,
      Threshold threshold) {
    if (among.size() > 1) {
      problems.add(
          implementation.keyPosition("columns"),
          path + ".columns",
          constraint + " takes one column");
      return Optional.empty();
    }
    String column = among.get(0);
    if (!constraint.equals("hasPattern")) {
      return judgement(
          column + "_completeness",
          new Measure.Completeness(column),
          threshold,
          Dimension.COMPLETENESS);
    }
    Optional<String> pattern = text(implementation, "pattern");
    if (pattern.isEmpty()) {
      problems.add(implementation.position(), path, "the key 'pattern' is missing");
    }
    return pattern.flatMap(
        text ->
            judgement(
                column + "_pattern_share",
                new Measure.PatternMatch(column, text),
                threshold,
                Dimension.CONFORMITY));
  }

  private static Optional<Judgement> judgement(
      String name, Measure measure, Threshold threshold, Dimension dimension) {
    return Optional.of(
        new Judgement(
            name,
            Optional.empty(),
            measure,
            threshold,
            Optional.of(dimension.name().toLowerCase(Locale.ROOT)),
            name));
  }

  private boolean knownKeys(String constraint, Mapping implementation, String path) {
    Set<String> known = new LinkedHashSet<>(List.of("constraint", "column", "columns"));
    if (constraint.equals("hasPattern")) {
      known.add("pattern");
    }
    if (!EXACT.contains(constraint)) {
      known.addAll(Operators.known());
    }
    boolean all = true;
    for (String key : implementation.values().keySet()) {
      if (!known.contains(key)) {
        problems.add(
            implementation.keyPosition(key),
            path + "." + key,
            "unknown key '" + key + "'" + Nearest.hint(key, known));
        all = false;
      }
    }
    return all;
  }

  /** A share that must be whole needs no operator; Deequ's own default for a pattern is that. */
  private Optional<Threshold> threshold(String constraint, Mapping implementation, String path) {
    boolean operator = !Operators.in(implementation).isEmpty();
    return EXACT.contains(constraint) || (constraint.equals("hasPattern") && !operator)
        ? Optional.of(new Threshold(Threshold.Operator.MUST_BE, 1, Optional.empty()))
        : Operators.threshold(implementation, path, problems);
  }

  /** The columns named; the rule's own column if none is; null if one is unknown. */
  private List<String> columns(RuleSource source, Mapping implementation, String path) {
    List<Element> named = new ArrayList<>();
    implementation.value("column").ifPresent(named::add);
    implementation
        .value("columns")
        .ifPresent(
            value -> {
              if (value instanceof Sequence sequence) {
                named.addAll(sequence.items());
              } else {
                named.add(value);
              }
            });
    List<String> found = new ArrayList<>();
    for (Element element : named) {
      String name = element instanceof Scalar scalar ? scalar.text() : "";
      if (!columns.containsKey(name)) {
        problems.add(
            element.position(),
            path,
            "unknown column '" + name + "'" + Nearest.hint(name, columns.keySet()));
        return null;
      }
      found.add(name);
    }
    if (found.isEmpty()) {
      source.column().ifPresent(column -> found.add(column.name()));
    }
    return found;
  }

  private static Optional<String> text(Mapping mapping, String key) {
    return mapping
        .value(key)
        .filter(Scalar.class::isInstance)
        .map(value -> ((Scalar) value).text());
  }
}
