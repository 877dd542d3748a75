package io.assay.app.spec;

import io.assay.app.plan.TableShapes;
import io.assay.app.spec.SpecCase.ExpectedRows;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads the rows that a test expects of a table. Only the columns they name are compared. */
final class ExpectedTable {
  private final TableShapes shapes;
  private final Problems problems;

  ExpectedTable(TableShapes shapes, Problems problems) {
    this.shapes = shapes;
    this.problems = problems;
  }

  ExpectedRows read(TableName table, Element element, String path) {
    if (!(element instanceof Sequence sequence)) {
      problems.add(element.position(), path, "expected a list of rows; [] for none");
      return new ExpectedRows(List.of(), List.of());
    }
    List<String> columns = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Element item : sequence.items()) {
      if (!(item instanceof Mapping row)) {
        problems.add(item.position(), path, "a row is a mapping, such as {id: 1, name: Ada}");
      } else {
        if (rows.isEmpty()) {
          columns.addAll(row.values().keySet());
        }
        rows.add(row(table, row, columns, path));
      }
    }
    return new ExpectedRows(rows.isEmpty() ? all(table) : List.copyOf(columns), rows);
  }

  private List<String> all(TableName table) {
    return List.of(shapes.columns(table).fieldNames());
  }

  private List<String> row(TableName table, Mapping row, List<String> columns, String path) {
    if (!row.values().keySet().equals(java.util.Set.copyOf(columns))) {
      problems.add(
          row.position(),
          path,
          "every row names the columns of the first (%s), no more and no less"
              .formatted(String.join(", ", columns)));
    }
    List<String> texts = new ArrayList<>();
    for (String column : columns) {
      texts.add(row.value(column).map(v -> text(table, row, column, v, path)).orElse(Values.NULL));
    }
    return texts;
  }

  private String text(TableName table, Mapping row, String column, Element value, String path) {
    StructType known = shapes.columns(table);
    DataType type = DataTypes.StringType;
    if (List.of(known.fieldNames()).contains(column)) {
      type = known.apply(column).dataType();
    } else if (table.layer() != Layer.QUARANTINE) {
      problems.add(
          row.keyPosition(column),
          path,
          "%s has no column '%s'%s"
              .formatted(table, column, Nearest.hint(column, List.of(known.fieldNames()))));
      return Values.NULL;
    }
    try {
      Object parsed = Values.parse(value, type);
      return Values.text(parsed instanceof List<?> list ? sortedIfTexts(table, list) : parsed);
    } catch (IllegalArgumentException e) {
      problems.add(value.position(), path + "." + column, e.getMessage());
      return Values.NULL;
    }
  }

  /** The rules that a quarantined row broke are named in any order. */
  static List<?> sortedIfTexts(TableName table, List<?> list) {
    return table.layer() == Layer.QUARANTINE ? list.stream().sorted().toList() : list;
  }
}
