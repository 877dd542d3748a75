package io.assay.contract;

import io.assay.contract.StandardDocument.Dimension;
import io.assay.contract.StandardDocument.LogicalType;
import io.assay.contract.StandardDocument.Property;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.document.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.types.DataTypes;

/** The row rules that a column's definition implies: required, and its logicalTypeOptions. */
final class TypeRules {
  private static final Set<String> BOUNDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private final Problems problems;
  private final RuleNames names;
  private final List<RowRule> rules = new ArrayList<>();

  TypeRules(Problems problems, RuleNames names) {
    this.problems = problems;
    this.names = names;
  }

  /** Rules in the order of the document. */
  List<RowRule> of(ContractColumn column, Property property, Element place, String path) {
    if (column.required()) {
      add(
          column,
          "required",
          Predicates.notNull(column.name()),
          Dimension.COMPLETENESS,
          column.name() + " is given");
    }
    property
        .logicalTypeOptions()
        .ifPresent(options -> options(column, property, options, place, path));
    return rules;
  }

  private void options(
      ContractColumn column, Property property, Element options, Element place, String path) {
    String optionsPath = Paths.key(path, "logicalTypeOptions");
    if (!(options instanceof Mapping mapping)) {
      problems.add(place.at("logicalTypeOptions"), optionsPath, "expected keys with values");
      return;
    }
    if (property.logicalType() == null || property.logicalType().isEmpty()) {
      return;
    }
    Set<String> known = known(property.logicalType().get());
    for (String key : mapping.values().keySet()) {
      String keyPath = Paths.key(optionsPath, key);
      if (!known.contains(key)) {
        problems.add(
            mapping.keyPosition(key),
            keyPath,
            "unknown key '" + key + "'" + Nearest.hint(key, known));
      } else if (column.type() != null && mapping.values().get(key) instanceof Scalar value) {
        option(column, key, value, keyPath);
      }
    }
  }

  private static Set<String> known(LogicalType type) {
    return switch (type) {
      case STRING -> Set.of("minLength", "maxLength", "pattern", "format");
      case DATE -> Set.of("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
      case TIMESTAMP, TIME ->
          Set.of(
              "format",
              "minimum",
              "maximum",
              "exclusiveMinimum",
              "exclusiveMaximum",
              "timezone",
              "defaultTimezone");
      case INTEGER, NUMBER ->
          Set.of(
              "format", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
      case OBJECT -> Set.of("maxProperties", "minProperties", "required");
      case ARRAY -> Set.of("maxItems", "minItems", "uniqueItems");
      case BOOLEAN -> Set.of();
    };
  }

  private void option(ContractColumn column, String key, Scalar value, String path) {
    if (BOUNDS.contains(key)) {
      bound(column, key, value, path);
      return;
    }
    switch (key) {
      case "multipleOf" ->
          number(value, path)
              .ifPresent(
                  n -> compared(column, "multiple", "% " + n + " = 0", "a multiple of " + n));
      case "minLength" -> size(column, "min_length", "length", ">=", value, path);
      case "maxLength" -> size(column, "max_length", "length", "<=", value, path);
      case "minItems" -> size(column, "min_items", "size", ">=", value, path);
      case "maxItems" -> size(column, "max_items", "size", "<=", value, path);
      case "uniqueItems" -> uniqueItems(column, value);
      case "pattern" -> pattern(column, value, path);
      default -> {
        // format, timezone and defaultTimezone say how to read, not what is right.
      }
    }
  }

  private void bound(ContractColumn column, String key, Scalar value, String path) {
    Optional<String> literal = Predicates.literal(column.type(), value);
    if (literal.isEmpty()) {
      problems.add(
          value.position(), path, "'" + value.text() + "' is no " + column.type().simpleString());
      return;
    }
    String operator =
        switch (key) {
          case "minimum" -> ">=";
          case "maximum" -> "<=";
          case "exclusiveMinimum" -> ">";
          default -> "<";
        };
    String rule = key.endsWith("inimum") ? "minimum" : "maximum";
    add(
        column,
        rule,
        Predicates.compared(column.name(), operator, literal.get()),
        Dimension.CONFORMITY,
        column.name() + " " + operator + " " + value.text());
  }

  private void compared(ContractColumn column, String rule, String condition, String expected) {
    String predicate =
        Predicates.orNull(column.name(), Predicates.name(column.name()) + " " + condition);
    add(column, rule, predicate, Dimension.CONFORMITY, column.name() + " is " + expected);
  }

  private void size(
      ContractColumn column,
      String rule,
      String function,
      String operator,
      Scalar value,
      String path) {
    Optional<String> number = number(value, path);
    boolean array = function.equals("size");
    if (array != column.type().typeName().startsWith("array")
        || (!array && !column.type().equals(DataTypes.StringType))) {
      problems.add(value.position(), path, "does not fit the type " + column.type().simpleString());
      return;
    }
    number.ifPresent(
        n ->
            add(
                column,
                rule,
                Predicates.orNull(
                    column.name(),
                    function + "(" + Predicates.name(column.name()) + ") " + operator + " " + n),
                Dimension.CONFORMITY,
                function + " of " + column.name() + " " + operator + " " + n));
  }

  private void uniqueItems(ContractColumn column, Scalar value) {
    if (value.text().equals("true")) {
      String name = Predicates.name(column.name());
      add(
          column,
          "unique_items",
          Predicates.orNull(
              column.name(), "size(array_distinct(" + name + ")) = size(" + name + ")"),
          Dimension.UNIQUENESS,
          "the items of " + column.name() + " differ");
    }
  }

  private void pattern(ContractColumn column, Scalar value, String path) {
    try {
      Pattern.compile(value.text());
    } catch (PatternSyntaxException e) {
      problems.add(value.position(), path, "is no regular expression: " + e.getDescription());
      return;
    }
    add(
        column,
        "pattern",
        Predicates.matching(column.name(), value.text()),
        Dimension.CONFORMITY,
        column.name() + " matches " + value.text());
  }

  private Optional<String> number(Scalar value, String path) {
    Optional<String> number = Predicates.literal(DataTypes.createDecimalType(38, 0), value);
    if (number.isEmpty()) {
      problems.add(value.position(), path, "expected a number, found '" + value.text() + "'");
    }
    return number;
  }

  private void add(
      ContractColumn column,
      String rule,
      String predicate,
      Dimension dimension,
      String description) {
    rules.add(
        new RowRule(
            names.of(Optional.empty(), column.name() + "_" + rule, null, ""),
            Optional.of(column.name()),
            predicate,
            Optional.of(dimension.name().toLowerCase(java.util.Locale.ROOT)),
            OnFailure.QUARANTINE,
            description));
  }
}
