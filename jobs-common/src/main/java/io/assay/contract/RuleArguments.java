package io.assay.contract;

import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Position;
import io.assay.document.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The arguments of one rule. What is wrong with one is among the problems, and the argument is then
 * empty.
 *
 * @param path of the mapping in the document
 * @param columns of the contract, by name
 */
record RuleArguments(
    Mapping mapping, String path, Map<String, ContractColumn> columns, Problems problems) {

  /** Whether there are no other keys than these, each with a value or a list of values. */
  boolean onlyHas(Collection<String> known, String called) {
    boolean all = true;
    for (String key : mapping.values().keySet()) {
      if (!known.contains(key)) {
        String message = "unknown " + called + " '" + key + "'" + Nearest.hint(key, known);
        problems.add(mapping.keyPosition(key), path + "." + key, message);
        all = false;
      } else if (elements(key).stream().anyMatch(element -> !(element instanceof Scalar))) {
        problem(key, "expected a value or a list of values");
        all = false;
      }
    }
    return all;
  }

  boolean has(String key) {
    return mapping.values().containsKey(key);
  }

  /** Notes what is wrong with an argument. */
  void problem(String key, String message) {
    Position position = mapping.value(key).map(Element::position).orElse(mapping.position());
    problems.add(position, has(key) ? path + "." + key : path, message);
  }

  /** The columns that a key names, one or a list; empty if one of them is unknown. */
  Optional<List<ContractColumn>> columns(String key) {
    List<ContractColumn> found = new ArrayList<>();
    for (Scalar name : scalars(key)) {
      ContractColumn column = columns.get(name.text());
      if (column == null) {
        problems.add(
            name.position(),
            path + "." + key,
            "unknown column '" + name.text() + "'" + Nearest.hint(name.text(), columns.keySet()));
        return Optional.empty();
      } else if (!found.contains(column)) {
        found.add(column);
      }
    }
    return Optional.of(found);
  }

  /** A text that must be there. */
  Optional<String> text(String key) {
    List<Scalar> values = scalars(key);
    if (values.size() != 1 || values.get(0).text().isBlank()) {
      problem(key, has(key) ? "expected text" : "the key '" + key + "' is missing");
      return Optional.empty();
    }
    return Optional.of(values.get(0).text());
  }

  /** A regular expression. */
  Optional<String> pattern(String key) {
    Optional<String> text = text(key);
    try {
      text.ifPresent(Pattern::compile);
      return text;
    } catch (PatternSyntaxException e) {
      problem(key, "is no regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  /** A number from 0 to 1. */
  Optional<Double> share(String key) {
    try {
      Optional<Double> number = text(key).map(Double::valueOf);
      if (number.isEmpty() || (number.get() >= 0 && number.get() <= 1)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is out of range is.
    }
    problem(key, "expected a number from 0 to 1");
    return Optional.empty();
  }

  /** A whole number between two ends, both included; the usual one if none is given. */
  Optional<Integer> whole(String key, int usual, int least, int most) {
    if (!has(key)) {
      return Optional.of(usual);
    }
    try {
      Optional<Integer> number = text(key).map(Integer::valueOf);
      if (number.isEmpty() || (number.get() >= least && number.get() <= most)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is out of range is.
    }
    problem(key, "expected a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  /**
   * One of the names.
   *
   * @param called what is named
   */
  Optional<String> oneOf(String key, String called, List<String> known) {
    Optional<String> text = text(key);
    if (text.isPresent() && !known.contains(text.get())) {
      problem(key, "unknown " + called + " '" + text.get() + "'" + Nearest.hint(text.get(), known));
      return Optional.empty();
    }
    return text;
  }

  /** Values of the column's type, as SQL literals; nulls are left out. */
  Optional<List<String>> literals(String key, ContractColumn column) {
    List<String> literals = new ArrayList<>();
    for (Scalar value : values(key)) {
      Optional<String> literal = Predicates.literal(column.type(), value);
      if (literal.isEmpty()) {
        problems.add(
            value.position(),
            path + "." + key,
            "'" + value.text() + "' is no " + column.type().simpleString());
        return Optional.empty();
      }
      literals.add(literal.get());
    }
    return Optional.of(literals);
  }

  /** The values of a key, one or a list, without nulls. */
  List<Scalar> values(String key) {
    return scalars(key).stream().filter(value -> value.kind() != Scalar.Kind.NULL).toList();
  }

  private List<Scalar> scalars(String key) {
    return elements(key).stream().filter(Scalar.class::isInstance).map(Scalar.class::cast).toList();
  }

  private List<Element> elements(String key) {
    Optional<Element> element = mapping.value(key);
    return element.isPresent() && element.get() instanceof Sequence sequence
        ? sequence.items()
        : element.stream().toList();
  }
}
