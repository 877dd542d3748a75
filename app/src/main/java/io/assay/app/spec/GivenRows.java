package io.assay.app.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.assay.app.plan.TableShapes;
import io.assay.app.spec.SpecCase.Batch;
import io.assay.config.Payload;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import io.assay.table.HistoryColumns;
import io.assay.table.Layer;
import io.assay.table.RowColumns;
import io.assay.table.SourceNames;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * Rows that a test gives. Bronze rows are texts by the source's names, as files have them, or
 * documents; rows of silver and gold are typed, and what they do not name is null.
 */
final class GivenRows {
  private static final JsonFactory JSON = new JsonFactory();

  /** What is given in parts, and is no field of a record. */
  private static final Set<String> STRUCTS =
      Set.of(RowColumns.SOURCE, RowColumns.MESSAGE, RowColumns.PAGE);

  private final Project project;
  private final TableShapes shapes;
  private final Problems problems;

  GivenRows(Project project, TableShapes shapes, Problems problems) {
    this.project = project;
    this.shapes = shapes;
    this.problems = problems;
  }

  List<Batch> read(TableName table, Element element, String file, String path) {
    if (!(element instanceof Sequence sequence)) {
      problems.add(element.position(), path, "expected a list of rows");
      return List.of();
    }
    boolean batched =
        !sequence.items().isEmpty()
            && sequence.items().stream().allMatch(item -> item instanceof Sequence);
    if (!batched) {
      return List.of(batch(table, sequence.items(), file, path));
    }
    if (table.layer() != Layer.BRONZE) {
      problems.add(element.position(), path, "only bronze tables come in several batches");
    }
    List<Batch> batches = new ArrayList<>();
    for (Element item : sequence.items()) {
      String place = path + "[" + batches.size() + "]";
      batches.add(batch(table, ((Sequence) item).items(), file, place));
    }
    return batches;
  }

  private Batch batch(TableName table, List<Element> items, String file, String path) {
    List<Mapping> rows = new ArrayList<>();
    for (Element item : items) {
      if (item instanceof Mapping row) {
        rows.add(row);
      } else {
        problems.add(item.position(), path, "a row is a mapping, such as {id: 1, name: Ada}");
      }
    }
    if (table.layer() == Layer.BRONZE) {
      return landed(table, rows, file, path);
    }
    boolean imported = shapes.imported().contains(table);
    return typed(table, rows, imported ? ImportedColumns.of(rows) : shapes.columns(table), path);
  }

  private Batch typed(TableName table, List<Mapping> rows, StructType columns, String path) {
    List<Row> typed = new ArrayList<>();
    for (Mapping row : rows) {
      Object[] values = new Object[columns.size()];
      row.values()
          .forEach(
              (name, value) -> {
                int index = List.of(columns.fieldNames()).indexOf(name);
                if (index < 0) {
                  problems.add(
                      row.keyPosition(name),
                      path,
                      "%s has no column '%s'%s"
                          .formatted(
                              table, name, Nearest.hint(name, List.of(columns.fieldNames()))));
                  return;
                }
                try {
                  values[index] = Values.parse(value, columns.fields()[index].dataType());
                } catch (IllegalArgumentException e) {
                  problems.add(value.position(), path + "." + name, e.getMessage());
                }
              });
      currentUnlessClosed(table, columns, row, values);
      typed.add(RowFactory.create(values));
    }
    return new Batch(columns, typed);
  }

  /** Of a version whose end is not given it need not be said that it is the current one. */
  private void currentUnlessClosed(
      TableName table, StructType columns, Mapping row, Object[] values) {
    boolean versions = List.of(columns.fieldNames()).contains(HistoryColumns.IS_CURRENT);
    if (versions && row.value(HistoryColumns.IS_CURRENT).isEmpty()) {
      values[columns.fieldIndex(HistoryColumns.IS_CURRENT)] =
          !shapes.isHistory(table) || values[columns.fieldIndex(HistoryColumns.VALID_TO)] == null;
    }
  }

  private Batch landed(TableName table, List<Mapping> rows, String file, String path) {
    boolean documents = holdsDocuments(table);
    List<List<String>> values = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    if (documents) {
      names.add(RowColumns.VALUE);
    }
    rows.forEach(
        row ->
            row.values().keySet().stream()
                .filter(name -> !documents || name.startsWith("_"))
                .filter(name -> !STRUCTS.contains(name))
                .forEach(names::add));
    List<Row> origins = new ArrayList<>();
    for (Mapping row : rows) {
      origins.add(origin(row, file, origins.size() + 1L));
      List<String> texts = new ArrayList<>();
      boolean document = documents && row.value(RowColumns.VALUE).isEmpty();
      for (String name : names) {
        texts.add(
            document && name.equals(RowColumns.VALUE)
                ? json(document(row))
                : row.value(name).map(GivenRows::text).orElse(null));
      }
      values.add(texts);
    }
    Batch landed = landed(names, values, origins);
    if (isOf(table, Source.Kafka.class)) {
      return with(RowColumns.MESSAGE, RowColumns.MESSAGE_TYPE, landed, rows, path);
    }
    return isOf(table, Source.Http.class)
        ? with(RowColumns.PAGE, RowColumns.PAGE_TYPE, landed, rows, path)
        : landed;
  }

  /** What stands around messages or pages; null where a row does not say. */
  private Batch with(
      String column, StructType type, Batch landed, List<Mapping> given, String path) {
    List<Row> rows = new ArrayList<>();
    for (Mapping row : given) {
      List<Object> values =
          new ArrayList<>(JavaConverters.seqAsJavaList(landed.rows().get(rows.size()).toSeq()));
      values.add(
          row.value(column).map(value -> around(value, type, path + "." + column)).orElse(null));
      rows.add(RowFactory.create(values.toArray()));
    }
    return new Batch(landed.schema().add(column, type), rows);
  }

  private Object around(Element value, StructType type, String path) {
    try {
      return Values.parse(value, type);
    } catch (IllegalArgumentException e) {
      problems.add(value.position(), path, e.getMessage());
      return null;
    }
  }

  /** What the source wrote: where that came from is no part of it. */
  private static Mapping document(Mapping row) {
    Map<String, Element> values = new LinkedHashMap<>(row.values());
    values.keySet().removeAll(STRUCTS);
    return new Mapping(row.position(), values, row.keys());
  }

  /** Where a row came from: the test file, unless the row names another, or a message's key. */
  private static Row origin(Mapping row, String file, long position) {
    Map<String, Element> given =
        row.mapping(RowColumns.SOURCE).map(Mapping::values).orElse(Map.of());
    return RowFactory.create(
        given.containsKey("origin") ? text(given.get("origin")) : file,
        position,
        given.containsKey("key") ? text(given.get("key")) : null);
  }

  private static Batch landed(Set<String> names, List<List<String>> values, List<Row> origins) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(SourceNames.storable(name), DataTypes.StringType);
    }
    for (String name : List.of(RowColumns.PROBLEM, RowColumns.RAW)) {
      if (!names.contains(name)) {
        schema = schema.add(new StructField(name, DataTypes.StringType, true, noMetadata()));
      }
    }
    int size = schema.size();
    schema =
        schema
            .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
            .add(RowColumns.RUN_ID, DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    for (List<String> texts : values) {
      Object[] row = new Object[schema.size()];
      for (int i = 0; i < texts.size(); i++) {
        row[i] = texts.get(i);
      }
      row[size] = origins.get(rows.size());
      row[size + 1] = "test";
      rows.add(RowFactory.create(row));
    }
    return new Batch(schema, rows);
  }

  private static org.apache.spark.sql.types.Metadata noMetadata() {
    return org.apache.spark.sql.types.Metadata.empty();
  }

  private boolean isOf(TableName table, Class<? extends Source> kind) {
    return project.datasets().values().stream()
        .filter(dataset -> dataset.bronze().equals(table))
        .anyMatch(dataset -> kind.isInstance(dataset.pipeline().source()));
  }

  private boolean holdsDocuments(TableName table) {
    return project.datasets().values().stream()
        .filter(dataset -> dataset.bronze().equals(table))
        .anyMatch(dataset -> dataset.pipeline().payload(project) == Payload.JSON);
  }

  private static String text(Element element) {
    if (element instanceof Scalar scalar) {
      return scalar.kind() == Scalar.Kind.NULL ? null : scalar.text();
    }
    return json(element);
  }

  /** The document that a mapping stands for; numbers digit for digit. */
  private static String json(Element element) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(element, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Element element, JsonGenerator out) throws IOException {
    if (element instanceof Mapping mapping) {
      out.writeStartObject();
      for (var entry : mapping.values().entrySet()) {
        out.writeFieldName(entry.getKey());
        write(entry.getValue(), out);
      }
      out.writeEndObject();
    } else if (element instanceof Sequence sequence) {
      out.writeStartArray();
      for (Element item : sequence.items()) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (element instanceof Scalar scalar) {
      switch (scalar.kind()) {
        case NULL -> out.writeNull();
        case BOOLEAN, WHOLE, NUMBER -> out.writeRawValue(scalar.text());
        case TEXT, TIMESTAMP -> out.writeString(scalar.text());
      }
    }
  }
}
