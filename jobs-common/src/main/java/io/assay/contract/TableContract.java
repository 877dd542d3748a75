package io.assay.contract;

import io.assay.contract.StandardDocument.Dimension;
import io.assay.contract.StandardDocument.Property;
import io.assay.contract.StandardDocument.Quality;
import io.assay.contract.StandardDocument.SchemaObject;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Problems;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Unit;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.DateTimeFormatterHelper$;
import org.apache.spark.sql.types.DataType;

/** Columns and rules of a contract's one table. */
final class TableContract {
  private static final String PATH = "schema[0]";

  private final Problems problems;
  private final Element place;
  private final Map<String, ContractColumn> columns = new LinkedHashMap<>();
  private final List<RowRule> rowRules = new ArrayList<>();
  private final List<BatchRule> batchRules = new ArrayList<>();
  private final RuleNames names;

  TableContract(
      Problems problems, SchemaObject object, Element place, Map<String, SqlFunction> functions) {
    this.problems = problems;
    this.place = place;
    this.names = new RuleNames(problems);
    for (int i = 0; i < object.properties().size(); i++) {
      if (object.properties().get(i) != null) {
        column(object.properties().get(i), part(place, "properties", i), path(i));
      }
    }
    keyPositions(object);
    QualityRules quality = new QualityRules(problems, names, columns, functions);
    for (int i = 0; i < object.properties().size(); i++) {
      Property property = object.properties().get(i);
      if (property != null && property.quality() != null) {
        Optional<ContractColumn> column = known(property);
        add(quality, column, property.quality(), part(place, "properties", i), path(i));
      }
    }
    if (object.quality() != null) {
      add(quality, Optional.empty(), object.quality(), place, PATH);
    }
    rowRules.addAll(quality.rowRules);
    batchRules.addAll(quality.batchRules);
  }

  List<ContractColumn> columns() {
    return List.copyOf(columns.values());
  }

  List<RowRule> rowRules() {
    return List.copyOf(rowRules);
  }

  List<BatchRule> batchRules() {
    return List.copyOf(batchRules);
  }

  private static String path(int property) {
    return PATH + ".properties[" + property + "]";
  }

  private static Element part(Element element, String key, int index) {
    return ((Sequence) ((Mapping) element).values().get(key)).items().get(index);
  }

  private Optional<ContractColumn> known(Property property) {
    return ContractLoader.some(property.name()).map(columns::get);
  }

  private static void add(
      QualityRules rules,
      Optional<ContractColumn> column,
      List<Quality> quality,
      Element place,
      String path) {
    for (int i = 0; i < quality.size(); i++) {
      rules.add(column, quality.get(i), part(place, "quality", i), path + ".quality[" + i + "]");
    }
  }

  private void column(Property property, Element at, String path) {
    Optional<String> name = name(property, at, path);
    if (name.isEmpty()) {
      return;
    }
    DataType type = new ColumnTypes(problems).of(property, at, path);
    ContractColumn column =
        new ContractColumn(
            name.get(),
            ContractLoader.some(property.physicalName()),
            type,
            property.required() || property.primaryKey(),
            Optional.empty(),
            format(property, type, at, path),
            property.tags() != null && property.tags().contains("pii"),
            ContractLoader.some(property.description()));
    columns.put(column.name(), column);
    names.reserve(column.name());
    rowRules.addAll(new TypeRules(problems, names).of(column, property, at, path));
    if (property.unique() && type != null && !ColumnKind.FLAT.accepts(type)) {
      problems.add(
          at.at("unique"),
          path + ".unique",
          "unique takes " + ColumnKind.FLAT.words() + ", not " + type.simpleString());
    } else if (property.unique()) {
      batchRules.add(unique(column));
    }
  }

  private Optional<String> name(Property property, Element at, String path) {
    Optional<String> name = ContractLoader.some(property.name());
    if (name.isEmpty()) {
      if (property.name() != null) {
        problems.add(at.position(), path, "the key 'name' is missing");
      }
    } else if (!TableName.IDENTIFIER.matcher(name.get()).matches()) {
      problems.add(
          at.at("name"),
          path + ".name",
          "a column's name is lower-case letters, digits and underscores, not '"
              + name.get()
              + "'; say how the source calls it in physicalName");
      return Optional.empty();
    } else if (columns.containsKey(name.get())) {
      problems.add(at.at("name"), path + ".name", "there is another column '" + name.get() + "'");
      return Optional.empty();
    }
    return name;
  }

  private BatchRule unique(ContractColumn column) {
    return new BatchRule(
        names.of(Optional.empty(), column.name() + "_unique", place, PATH),
        new Measure.Duplicates(List.of(column.name()), Unit.ROWS),
        Judgement.NONE,
        Optional.of(Dimension.UNIQUENESS.name().toLowerCase(Locale.ROOT)),
        OnFailure.HOLD,
        column.name() + " is unique");
  }

  /** How dates and times are written, as Spark reads it. */
  private Optional<String> format(Property property, DataType type, Element at, String path) {
    boolean temporal =
        type != null && (type.typeName().equals("date") || type.typeName().startsWith("timestamp"));
    Optional<Element> options = ContractLoader.some(property.logicalTypeOptions());
    if (!temporal
        || options.isEmpty()
        || !(options.get() instanceof Mapping mapping)
        || !(mapping.values().get("format") instanceof Scalar format)) {
      return Optional.empty();
    }
    try {
      DateTimeFormatterHelper$.MODULE$.convertIncompatiblePattern(format.text(), true);
    } catch (RuntimeException e) {
      problems.add(
          format.position(),
          path + ".logicalTypeOptions.format",
          "is no pattern of Spark's for dates and times: " + e.getMessage());
    }
    return Optional.of(format.text());
  }

  /** Positions are given for every part of a key, or for none: then the order is the document's. */
  private void keyPositions(SchemaObject object) {
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < object.properties().size(); i++) {
      Property property = object.properties().get(i);
      if (property != null && property.primaryKey() && known(property).isPresent()) {
        parts.add(i);
      }
    }
    boolean given =
        parts.stream().anyMatch(i -> object.properties().get(i).primaryKeyPosition() > 0);
    Map<Integer, String> taken = new LinkedHashMap<>();
    for (int index : parts) {
      Property property = object.properties().get(index);
      int position = given ? property.primaryKeyPosition() : taken.size() + 1;
      String name = property.name().orElseThrow();
      String other = taken.putIfAbsent(position, name);
      if (position < 1 || other != null) {
        problems.add(
            part(place, "properties", index).at("primaryKeyPosition"),
            path(index) + ".primaryKeyPosition",
            position < 1
                ? "give every column of the key its position, from 1"
                : "column '" + other + "' has the same position in the key");
      }
      columns.computeIfPresent(name, (key, column) -> column.withKeyPosition(position));
    }
  }
}
