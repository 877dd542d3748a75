package io.assay.app.operate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Rows as one JSON array of objects, a row a line. */
final class JsonRows implements RowWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .configure(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN, true)
          .build();

  @Override
  public void write(StructType columns, Iterator<Row> rows, Appendable out) throws IOException {
    out.append("[");
    String separator = "\n";
    while (rows.hasNext()) {
      out.append(separator).append(text(rows.next()));
      separator = ",\n";
    }
    out.append("\n]\n");
  }

  /** One value as JSON. */
  static String text(Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Row row) {
      writeObject(json, row);
    } else if (value instanceof scala.collection.Seq<?> items) {
      json.writeStartArray();
      for (Object item : JavaConverters.seqAsJavaList(items)) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : JavaConverters.mapAsJavaMap(map).entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      writeScalar(json, value);
    }
  }

  private static void writeObject(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < row.size(); i++) {
      json.writeFieldName(row.schema() == null ? "_" + (i + 1) : row.schema().fields()[i].name());
      write(json, row.get(i));
    }
    json.writeEndObject();
  }

  private static void writeScalar(JsonGenerator json, Object value) throws IOException {
    if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
