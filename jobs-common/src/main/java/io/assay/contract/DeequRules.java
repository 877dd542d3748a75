package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.Constraint.Argument;
import io.assay.contract.Constraint.Bound;
import io.assay.contract.Constraint.Columns;
import io.assay.contract.Constraint.Given;
import io.assay.document.Element.Mapping;
import io.assay.document.Problems;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import io.assay.sql.SqlFunction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules of {@code type: custom, engine: deequ}: {@code implementation} is a mapping that names one
 * of the {@link Constraints}, its columns, its arguments, and an operator.
 */
final class DeequRules {
  private static final List<String> NAMES =
      Constraints.ALL.stream().map(Constraint::name).sorted().toList();

  private final Problems problems;
  private final Map<String, ContractColumn> columns;
  private final Map<String, SqlFunction> functions;

  DeequRules(
      Problems problems, Map<String, ContractColumn> columns, Map<String, SqlFunction> functions) {
    this.problems = problems;
    this.columns = columns;
    this.functions = functions;
  }

  Optional<Judgement> read(RuleSource source) {
    String engine =
        Optional.ofNullable(source.quality().engine()).flatMap(given -> given).orElse("");
    if (!engine.equals("deequ")) {
      source.problem(problems, "engine", "the only engine is deequ, not '" + engine + "'");
      return Optional.empty();
    }
    Mapping rule = (Mapping) source.place();
    Optional<String> misplaced = Operators.in(rule).stream().findFirst();
    if (misplaced.isPresent()) {
      source.problem(problems, misplaced.get(), "write the operator into the implementation");
      return Optional.empty();
    }
    Optional<Mapping> implementation = rule.mapping("implementation");
    if (implementation.isEmpty()) {
      source.problem(
          problems,
          "implementation",
          "expected keys with values: constraint (one of "
              + String.join(", ", NAMES)
              + "), columns, and an operator such as mustBeGreaterOrEqualTo");
      return Optional.empty();
    }
    RuleArguments arguments =
        new RuleArguments(
            implementation.get(), source.path() + ".implementation", columns, problems);
    return arguments
        .oneOf("constraint", "constraint", NAMES)
        .flatMap(
            name ->
                Constraints.ALL.stream()
                    .filter(constraint -> constraint.name().equals(name))
                    .findFirst())
        .flatMap(constraint -> judgement(constraint, source, arguments));
  }

  private Optional<Judgement> judgement(
      Constraint constraint, RuleSource source, RuleArguments arguments) {
    if (!arguments.onlyHas(keys(constraint), "key")) {
      return Optional.empty();
    }
    Optional<List<ContractColumn>> among = columns(constraint, source, arguments);
    Optional<Threshold> threshold = threshold(constraint, arguments);
    if (among.isEmpty() || threshold.isEmpty()) {
      return Optional.empty();
    }
    DeviationArguments deviating = new DeviationArguments(arguments, DeviationArguments.ANOMALY);
    if (!deviating.given() && !deviating.absent()) {
      return Optional.empty();
    }
    Given given = new Given(arguments, among.get(), functions);
    String name =
        given.names().stream()
            .map(column -> column + "_")
            .collect(Collectors.joining("", "", constraint.suffix()));
    Optional<Measure> measure = constraint.measure().apply(given);
    if (deviating.given()) {
      return measure.flatMap(
          known ->
              deviating
                  .read(threshold.get(), known.range())
                  .map(
                      deviation -> judgement(name, constraint, known, threshold.get(), deviation)));
    }
    return measure
        .filter(
            known ->
                Operators.fits(
                    threshold.get(),
                    known.range(),
                    arguments.mapping(),
                    arguments.path(),
                    problems))
        .map(known -> judgement(name, constraint, known, threshold.get()));
  }

  private static Judgement judgement(
      String name, Constraint constraint, Measure measure, Threshold threshold) {
    Optional<String> condition = RowForm.condition(measure);
    return new Judgement(
        name,
        condition.filter(row -> RowForm.everyRow(threshold)),
        measure,
        threshold,
        dimension(constraint),
        condition.orElse(""));
  }

  /** How far a value is from others is nothing that one row could break. */
  private static Judgement judgement(
      String name,
      Constraint constraint,
      Measure measure,
      Threshold threshold,
      Deviation deviation) {
    return new Judgement(
        name + "_" + deviation.kind().word(),
        Optional.empty(),
        measure,
        threshold,
        dimension(constraint),
        RowForm.condition(measure).orElse(""),
        Optional.of(deviation));
  }

  private static Optional<String> dimension(Constraint constraint) {
    return Optional.of(constraint.dimension().name().toLowerCase(Locale.ROOT));
  }

  private static List<String> keys(Constraint constraint) {
    List<String> keys = new ArrayList<>();
    keys.add("constraint");
    if (constraint.columns().most() > 0) {
      keys.addAll(List.of("column", "columns"));
    }
    constraint.arguments().stream().map(Argument::key).forEach(keys::add);
    if (constraint.bound() != Bound.ONE) {
      keys.addAll(Operators.known());
      keys.addAll(DeviationArguments.keys(DeviationArguments.ANOMALY));
    }
    return keys;
  }

  private Optional<Threshold> threshold(Constraint constraint, RuleArguments arguments) {
    boolean given = !Operators.in(arguments.mapping()).isEmpty();
    return constraint.bound() == Bound.ONE
            || (constraint.bound() == Bound.ONE_UNLESS_GIVEN
                && !given
                && !new DeviationArguments(arguments, DeviationArguments.ANOMALY).given())
        ? Optional.of(new Threshold(Threshold.Operator.MUST_BE, 1, Optional.empty()))
        : Operators.threshold(arguments.mapping(), arguments.path(), problems);
  }

  /** The columns named; the rule's own column if none is; empty if they are not as they must be. */
  private static Optional<List<ContractColumn>> columns(
      Constraint constraint, RuleSource source, RuleArguments arguments) {
    Columns wanted = constraint.columns();
    Optional<List<ContractColumn>> one = arguments.columns("column");
    Optional<List<ContractColumn>> more = arguments.columns("columns");
    if (one.isEmpty() || more.isEmpty()) {
      return Optional.empty();
    }
    Set<ContractColumn> named = new LinkedHashSet<>(one.get());
    named.addAll(more.get());
    if (named.isEmpty() && wanted.most() > 0) {
      source.column().ifPresent(named::add);
    }
    String key = arguments.has("columns") ? "columns" : "column";
    if (named.size() < wanted.least() || named.size() > wanted.most()) {
      arguments.problem(key, constraint.name() + " takes " + wanted.words());
      return Optional.empty();
    }
    for (ContractColumn column : named) {
      if (column.type() == null) {
        return Optional.empty();
      } else if (!wanted.kind().accepts(column.type())) {
        arguments.problem(key, wanted.kind().refusal(constraint.name(), column));
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(named));
  }
}
