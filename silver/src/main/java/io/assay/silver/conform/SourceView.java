package io.assay.silver.conform;

import static org.apache.spark.sql.functions.lit;

import io.assay.config.Payload;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import io.assay.table.SourceNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The source's fields, as a contract and expressions name them, wherever they stand in bronze. It
 * keeps account of the names that were asked for, to tell which fields nobody knows and which are
 * missing.
 */
final class SourceView {
  /** The parsed fields of a JSON record; null where it is no JSON object. */
  static final String FIELDS = "__fields";

  /** What expressions call the record that an event is an element of. */
  static final String DOCUMENT = "_document";

  private final Payload payload;
  private final Function<String, Optional<Column>> around;
  private final Optional<SourceView> document;
  private final Map<List<String>, String> places = new LinkedHashMap<>();
  private final Map<String, Column> ofDocument = new LinkedHashMap<>();
  private final List<String> columns = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();

  SourceView(StructType bronze, Payload payload) {
    this(bronze, payload, name -> Optional.empty());
  }

  /**
   * @param around values that stand around the fields and are none of them, by what an expression
   *     calls them, dots between the parts
   */
  SourceView(StructType bronze, Payload payload, Function<String, Optional<Column>> around) {
    this(bronze, payload, around, Optional.empty());
  }

  /**
   * @param shape what stands in the place of bronze's columns
   * @param document the record that holds the elements
   */
  static SourceView ofElements(StructType shape, Payload payload, SourceView document) {
    return new SourceView(shape, payload, name -> Optional.empty(), Optional.of(document));
  }

  private SourceView(
      StructType bronze,
      Payload payload,
      Function<String, Optional<Column>> around,
      Optional<SourceView> document) {
    this.payload = payload;
    this.around = around;
    this.document = document;
    for (String name : bronze.fieldNames()) {
      if (!SourceNames.INTERNAL.contains(name)) {
        columns.add(name);
      }
    }
  }

  /** The field of a name; null throughout if the source has none. */
  Column field(String name) {
    if (payload == Payload.JSON) {
      used.add(name);
      return functions.col(FIELDS).getItem(name);
    }
    Optional<String> column = column(name);
    if (column.isEmpty()) {
      missing.add(name);
      return lit(null).cast(DataTypes.StringType);
    }
    used.add(column.get());
    return quoted(column.get());
  }

  /**
   * What an expression means by a name, such as {@code [delivery, method]}: a bronze column of our
   * own, or a source field, or a part of one.
   */
  Column reference(List<String> parts) {
    if (document.isPresent() && parts.get(0).equals(DOCUMENT)) {
      return ofDocument(parts.subList(1, parts.size()));
    }
    if (document.isPresent() && parts.equals(List.of(EventColumns.ORDINAL))) {
      return EventParts.ordinal();
    }
    if (SourceNames.INTERNAL.contains(parts.get(0))) {
      return inside(functions.col(parts.get(0)), parts);
    }
    Optional<Column> outside = around.apply(String.join(".", parts));
    if (outside.isPresent()) {
      return outside.get();
    }
    Column field = field(parts.get(0));
    if (payload == Payload.JSON) {
      for (String part : parts.subList(1, parts.size())) {
        field = JsonFields.of(field).getItem(part);
      }
      return field;
    }
    return missing.contains(parts.get(0)) ? field : inside(field, parts);
  }

  /** A document would be copied with each of its elements, so only what is asked for is. */
  private Column ofDocument(List<String> parts) {
    if (parts.isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          DOCUMENT + " stands for no value: name a field of it, such as " + DOCUMENT + ".id");
    }
    String place = places.computeIfAbsent(parts, asked -> "_" + DOCUMENT + places.size());
    ofDocument.computeIfAbsent(place, asked -> document.orElseThrow().reference(parts));
    return functions.col(place);
  }

  /**
   * What was asked for of the record that holds the elements, by the column it is looked for in.
   */
  Map<String, Column> ofDocument() {
    return Map.copyOf(ofDocument);
  }

  /** How the fields stand. */
  Payload payload() {
    return payload;
  }

  /** Whether the source has a field that both names mean. */
  boolean same(String one, String other) {
    return payload == Payload.JSON
        ? one.equals(other)
        : column(one).isPresent() && column(one).equals(column(other));
  }

  /** The value, or the part of it that stands behind the first of a name's parts. */
  static Column inside(Column column, List<String> parts) {
    Column value = column;
    for (String part : parts.subList(1, parts.size())) {
      value = value.getField(part);
    }
    return value;
  }

  /** The source's columns, in order; none where its fields stand in {@code _value}. */
  List<Column> columns() {
    return columns.stream().map(SourceView::quoted).toList();
  }

  /** What identifies a record's content: its columns, or its text. */
  List<Column> content() {
    return columns.isEmpty() ? List.of(functions.col(RowColumns.VALUE)) : columns();
  }

  /** The source's columns that nothing has asked for so far. */
  List<String> unknownColumns() {
    return columns.stream().filter(name -> !used.contains(name)).toList();
  }

  /** The names of fields that were asked for so far. */
  Set<String> used() {
    return Set.copyOf(used);
  }

  /** The names that were asked for and that the source does not have. */
  List<String> missing() {
    List<String> all = new ArrayList<>(missing);
    document.ifPresent(around -> around.missing().forEach(name -> all.add(DOCUMENT + "." + name)));
    return all;
  }

  /** What bronze calls the column that a name means; empty if the source has none. */
  Optional<String> column(String name) {
    if (columns.contains(name)) {
      return Optional.of(name);
    }
    String stored = SourceNames.storable(name);
    return columns.stream().filter(stored::equalsIgnoreCase).findFirst();
  }

  static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
