package io.assay.silver.conform;

import static org.apache.spark.sql.functions.lit;

import io.assay.config.Payload;
import io.assay.table.RowColumns;
import io.assay.table.SourceNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

  private final Payload payload;
  private final Function<String, Optional<Column>> around;
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
    this.payload = payload;
    this.around = around;
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
    return List.copyOf(missing);
  }

  private Optional<String> column(String name) {
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
