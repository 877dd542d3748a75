package io.assay.silver.conform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A JSON object's fields, by name, each as the text that stands in the document: strings without
 * their quotes, numbers digit for digit, objects and arrays as JSON. A field that is null is left
 * out; of a name that stands twice the last counts.
 *
 * <p>This is a function of our own because Spark's {@code from_json} and {@code get_json_object}
 * read numbers as doubles: {@code 12345678901234567890.12} would come out as {@code
 * 1.2345678901234567E19} and {@code 1.10} as {@code 1.1}.
 */
final class JsonFields {
  private static final JsonFactory JSON = new JsonFactory();

  private static final UserDefinedFunction FIELDS =
      functions.udf(
          (UDF1<String, Map<String, String>>) JsonFields::parse,
          DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  private JsonFields() {}

  /** The fields of a column of JSON objects; null where it holds no JSON object. */
  static Column of(Column json) {
    return FIELDS.apply(json);
  }

  /** The fields of a JSON object; null if the text is none. */
  static Map<String, String> parse(String json) {
    if (json == null) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, String> fields = fields(parser, json);
      return parser.nextToken() == null ? fields : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether a JSON object has a field of the name, be it null. */
  static boolean names(String json, String field) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.getCurrentName().equals(field)) {
          return true;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** The fields of the object that a parser of the text has begun; it stands behind it then. */
  static Map<String, String> fields(JsonParser parser, String json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      String text = text(parser, parser.nextToken(), json);
      if (text == null) {
        fields.remove(name);
      } else {
        fields.put(name, text);
      }
    }
    return fields;
  }

  /** A value as it stands in the text; null for null. The parser stands at its end then. */
  static String text(JsonParser parser, JsonToken token, String json) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isStructStart()) {
      return parser.getText();
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return json.substring(start, (int) parser.currentLocation().getCharOffset());
  }
}
