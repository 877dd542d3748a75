package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.LibraryMetric.Place;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import io.assay.quality.measure.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules of {@code type: library}: they name one of the standard's own metrics. */
final class LibraryRules {
  private static final List<String> NAMES =
      Stream.of(LibraryMetric.values()).map(LibraryMetric::key).toList();
  private static final List<String> UNITS = List.of("rows", "percent");

  private final Problems problems;
  private final Map<String, ContractColumn> columns;

  LibraryRules(Problems problems, Map<String, ContractColumn> columns) {
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
              + String.join(", ", NAMES)
              + "; or say type: text");
      return Optional.empty();
    }
    String name = source.quality().metric().get();
    Optional<LibraryMetric> metric =
        Stream.of(LibraryMetric.values()).filter(known -> known.key().equals(name)).findFirst();
    if (metric.isEmpty()) {
      source.problem(
          problems, "metric", "unknown metric '" + name + "'" + Nearest.hint(name, NAMES));
    }
    return metric.flatMap(known -> judgement(source, known));
  }

  private Optional<Judgement> judgement(RuleSource source, LibraryMetric metric) {
    Mapping rule = (Mapping) source.place();
    Optional<Unit> unit = unit(source);
    Optional<Threshold> threshold = Operators.threshold(rule, source.path(), problems);
    RuleArguments arguments =
        new RuleArguments(
            rule.mapping("arguments").orElse(Mapping.empty(rule.position())),
            source.path() + ".arguments",
            columns,
            problems);
    boolean known = arguments.onlyHas(metric.arguments(), "argument");
    if (!known || unit.isEmpty() || threshold.isEmpty() || !fits(source, metric)) {
      return Optional.empty();
    }
    return metric
        .judgement(new LibraryMetric.Given(source.column(), arguments, unit.get(), threshold.get()))
        .filter(
            judgement ->
                Operators.fits(
                    threshold.get(), judgement.measure().range(), rule, source.path(), problems));
  }

  private boolean fits(RuleSource source, LibraryMetric metric) {
    String key = metric.key();
    Optional<ContractColumn> column = source.column();
    if (metric.place() == Place.TABLE && column.isPresent()) {
      source.problem(problems, "metric", key + " belongs to the table's quality, not a column's");
      return false;
    } else if (metric.place() == Place.COLUMN && column.isEmpty()) {
      source.problem(problems, "metric", key + " belongs to a column's quality");
      return false;
    } else if (column.isPresent() && column.get().type() == null) {
      return false;
    } else if (column.isPresent() && !metric.kind().accepts(column.get().type())) {
      source.problem(problems, "metric", metric.kind().refusal(key, column.get()));
      return false;
    }
    return true;
  }

  /** The unit of a rule; rows unless it says percent. */
  private Optional<Unit> unit(RuleSource source) {
    String unit = source.quality().unit() == null ? "rows" : source.quality().unit().orElse("rows");
    if (!UNITS.contains(unit)) {
      source.problem(problems, "unit", "unknown unit '" + unit + "'" + Nearest.hint(unit, UNITS));
      return Optional.empty();
    }
    return Optional.of(Unit.valueOf(unit.toUpperCase(Locale.ROOT)));
  }
}
