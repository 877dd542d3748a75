package io.assay.silver.conform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The elements of an array in a JSON document, each as the text that stands there and with its
 * fields, as {@link JsonFields} has them. A document always gives at least one element, so that it
 * is accounted for: an empty one where it has none, or the whole document where it cannot be read.
 *
 * @param value the text: of the element, or of a document that cannot be read; null of neither
 * @param fields by name; null where the element is no object
 * @param problem why it cannot be read; null if it can
 * @param faulty whether the problem is the element's, and the document's other elements are good
 * @param hasArray whether the document has the array; null but of the first element
 */
record JsonElements(
    String value, Map<String, String> fields, String problem, boolean faulty, Boolean hasArray) {
  static final String VALUE = "value";
  static final String FIELDS = "fields";
  static final String PROBLEM = "problem";
  static final String FAULTY = "faulty";
  static final String HAS_ARRAY = "has_array";

  private static final JsonFactory JSON = new JsonFactory();
  private static final DataType ELEMENTS =
      DataTypes.createArrayType(
          new StructType()
              .add(VALUE, DataTypes.StringType)
              .add(FIELDS, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
              .add(PROBLEM, DataTypes.StringType)
              .add(FAULTY, DataTypes.BooleanType)
              .add(HAS_ARRAY, DataTypes.BooleanType));

  /**
   * The elements of a column of documents, as an array of structs.
   *
   * @param path the names that lead to the array; none if the document is it
   */
  static Column of(Column document, List<String> path) {
    List<String> names = new ArrayList<>(path);
    UserDefinedFunction read =
        functions.udf(
            (UDF1<String, List<Row>>)
                json -> parse(json, names).stream().map(JsonElements::row).toList(),
            ELEMENTS);
    return read.apply(document);
  }

  /** The elements of one document; one that is null has none. */
  static List<JsonElements> parse(String json, List<String> path) {
    String array = json;
    for (String name : path) {
      if (array == null) {
        return List.of(nothing(false));
      }
      Map<String, String> fields = JsonFields.parse(array);
      if (fields == null) {
        String what = array.equals(json) ? "the record" : "what is to hold " + name;
        return List.of(unreadable(json, what + " is no JSON object"));
      }
      if (!fields.containsKey(name)) {
        return List.of(nothing(JsonFields.names(array, name)));
      }
      array = fields.get(name);
    }
    return array == null ? List.of(nothing(false)) : elements(json, array, path);
  }

  private static List<JsonElements> elements(String json, String array, List<String> path) {
    String what = path.isEmpty() ? "the record" : path.get(path.size() - 1);
    List<JsonElements> elements = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(array)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return List.of(unreadable(json, what + " is no JSON array"));
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(element(parser, array, elements.isEmpty() ? true : null));
      }
      if (parser.nextToken() != null) {
        return List.of(unreadable(json, what + " is no JSON array"));
      }
    } catch (IOException e) {
      return List.of(unreadable(json, what + " is no JSON array"));
    }
    return elements.isEmpty() ? List.of(nothing(true)) : elements;
  }

  private static JsonElements element(JsonParser parser, String array, Boolean hasArray)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      int start = (int) parser.currentTokenLocation().getCharOffset();
      Map<String, String> fields = JsonFields.fields(parser, array);
      int end = (int) parser.currentLocation().getCharOffset();
      return new JsonElements(array.substring(start, end), fields, null, false, hasArray);
    }
    String text = JsonFields.text(parser, token, array);
    return new JsonElements(text, null, "the element is no JSON object", true, hasArray);
  }

  private static JsonElements nothing(boolean hasArray) {
    return new JsonElements(null, null, null, false, hasArray);
  }

  private static JsonElements unreadable(String json, String problem) {
    return new JsonElements(json, null, problem, false, null);
  }

  private Row row() {
    return RowFactory.create(value, fields, problem, faulty, hasArray);
  }
}
