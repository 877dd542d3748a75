package io.assay.app.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.assay.table.RowColumns;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gathers what the values of every column say, in one scan of rows as bronze reads them. */
final class SourceEvidence {
  private static final JsonFactory JSON = new JsonFactory();

  private SourceEvidence() {}

  /** The evidence of each column of a file of text. */
  static Map<String, TextEvidence> ofColumns(Dataset<Row> rows, List<String> columns) {
    List<String> names = List.copyOf(columns);
    Map<String, TextEvidence> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, new TextEvidence()));
    return joined(all, rows, part -> columns(part, names));
  }

  /**
   * The evidence of each field of JSON objects, in the order in which fields first come; records
   * that are no objects say nothing.
   */
  static Map<String, TextEvidence> ofDocuments(Dataset<Row> rows) {
    return joined(new LinkedHashMap<>(), rows.select(RowColumns.VALUE), SourceEvidence::documents);
  }

  private static Map<String, TextEvidence> joined(
      Map<String, TextEvidence> all,
      Dataset<Row> rows,
      FlatMapFunction<Iterator<Row>, LinkedHashMap<String, TextEvidence>> gather) {
    for (Map<String, TextEvidence> part : rows.toJavaRDD().mapPartitions(gather).collect()) {
      part.forEach(
          (name, evidence) -> all.computeIfAbsent(name, none -> new TextEvidence()).join(evidence));
    }
    return all;
  }

  private static Iterator<LinkedHashMap<String, TextEvidence>> columns(
      Iterator<Row> rows, List<String> names) {
    LinkedHashMap<String, TextEvidence> evidence = new LinkedHashMap<>();
    names.forEach(name -> evidence.put(name, new TextEvidence()));
    while (rows.hasNext()) {
      Row row = rows.next();
      for (String name : names) {
        evidence.get(name).add(row.getAs(name));
      }
    }
    return List.of(evidence).iterator();
  }

  private static Iterator<LinkedHashMap<String, TextEvidence>> documents(Iterator<Row> rows) {
    LinkedHashMap<String, TextEvidence> evidence = new LinkedHashMap<>();
    while (rows.hasNext()) {
      String json = rows.next().getString(0);
      if (json != null) {
        document(json, evidence);
      }
    }
    return List.of(evidence).iterator();
  }

  private static void document(String json, Map<String, TextEvidence> all) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        TextEvidence evidence =
            all.computeIfAbsent(parser.getCurrentName(), none -> new TextEvidence());
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
          evidence.addDocument(fields(parser));
        } else if (token == JsonToken.VALUE_STRING) {
          evidence.addText(parser.getText());
        } else if (token != JsonToken.VALUE_NULL) {
          evidence.add(parser.getText());
        }
      }
    } catch (IOException e) {
      // Bronze tells which documents are malformed; what came before the mistake is evidence.
    }
  }

  /** The names of the fields in the object or array that has just begun, to its end. */
  private static Set<String> fields(JsonParser parser) throws IOException {
    Set<String> names = new TreeSet<>();
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return names;
      } else if (token == JsonToken.FIELD_NAME) {
        names.add(parser.getCurrentName());
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return names;
  }
}
