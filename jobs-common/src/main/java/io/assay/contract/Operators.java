package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Problems;
import io.assay.quality.measure.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The standard's comparison operators. */
final class Operators {
  private static final Map<String, Operator> KEYS = keys();

  private Operators() {}

  private static Map<String, Operator> keys() {
    Map<String, Operator> keys = new LinkedHashMap<>();
    keys.put("mustBe", Operator.MUST_BE);
    keys.put("mustNotBe", Operator.MUST_NOT_BE);
    keys.put("mustBeGreaterThan", Operator.MUST_BE_GREATER_THAN);
    keys.put("mustBeGreaterOrEqualTo", Operator.MUST_BE_GREATER_OR_EQUAL_TO);
    keys.put("mustBeLessThan", Operator.MUST_BE_LESS_THAN);
    keys.put("mustBeLessOrEqualTo", Operator.MUST_BE_LESS_OR_EQUAL_TO);
    keys.put("mustBeBetween", Operator.MUST_BE_BETWEEN);
    keys.put("mustNotBeBetween", Operator.MUST_NOT_BE_BETWEEN);
    return keys;
  }

  /** The keys of all operators. */
  static List<String> known() {
    return List.copyOf(KEYS.keySet());
  }

  /** The operators that a rule has. */
  static List<String> in(Mapping rule) {
    return rule.values().keySet().stream().filter(KEYS::containsKey).toList();
  }

  /** The one threshold of a rule; empty if there is none, which is then among the problems. */
  static Optional<Threshold> threshold(Mapping rule, String path, Problems problems) {
    List<String> found = in(rule);
    if (found.size() != 1) {
      problems.add(
          rule.position(),
          path,
          "expected exactly one of "
              + String.join(", ", known())
              + (found.isEmpty() ? "" : ", found " + String.join(", ", found)));
      return Optional.empty();
    }
    String key = found.get(0);
    Element value = rule.values().get(key);
    Operator operator = KEYS.get(key);
    if (operator == Operator.MUST_BE_BETWEEN || operator == Operator.MUST_NOT_BE_BETWEEN) {
      return between(operator, value, path + "." + key, problems);
    }
    Optional<Double> number = number(value);
    if (number.isEmpty() && key.matches("must(Not)?Be")) {
      // The other operators are numbers by the shape of the document, and reported there.
      problems.add(value.position(), path + "." + key, "expected a number");
    }
    return number.map(operand -> new Threshold(operator, operand, Optional.empty()));
  }

  private static Optional<Threshold> between(
      Operator operator, Element value, String path, Problems problems) {
    List<Element> items = value instanceof Sequence sequence ? sequence.items() : List.of();
    List<Double> bounds = items.stream().map(Operators::number).flatMap(Optional::stream).toList();
    if (items.size() != bounds.size()) {
      return Optional.empty();
    }
    if (bounds.size() != 2 || bounds.get(0) >= bounds.get(1)) {
      problems.add(value.position(), path, "expected two numbers, the smaller one first");
      return Optional.empty();
    }
    return Optional.of(new Threshold(operator, bounds.get(0), Optional.of(bounds.get(1))));
  }

  /** Whether a measured value could meet the threshold; if none can, that is among the problems. */
  static boolean fits(
      Threshold threshold, Range range, Mapping rule, String path, Problems problems) {
    List<String> given = in(rule);
    if (given.isEmpty() || attainable(threshold, range)) {
      return true;
    }
    problems.add(
        rule.values().get(given.get(0)).position(),
        path + "." + given.get(0),
        "what is measured lies " + range.words() + "; give a bound that a value there can meet");
    return false;
  }

  private static boolean attainable(Threshold threshold, Range range) {
    double operand = threshold.operand();
    if (!range.has(operand) || !range.has(threshold.upper().orElse(operand))) {
      return false;
    }
    return switch (threshold.operator()) {
      case MUST_BE_GREATER_THAN -> operand < range.most();
      case MUST_BE_LESS_THAN -> operand > range.least();
      case MUST_NOT_BE_BETWEEN ->
          operand > range.least() || threshold.upper().orElseThrow() < range.most();
      default -> true;
    };
  }

  private static Optional<Double> number(Element value) {
    try {
      return value instanceof Scalar scalar
              && (scalar.kind() == Scalar.Kind.WHOLE || scalar.kind() == Scalar.Kind.NUMBER)
          ? Optional.of(Double.valueOf(scalar.text()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
