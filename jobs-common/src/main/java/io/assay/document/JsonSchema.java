package io.assay.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.document.Shape.Field;
import java.util.Arrays;

/** Writes shapes as JSON Schemas (draft 2020-12), for editors. */
public final class JsonSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSchema() {}

  /** The schema of a file as text, ending with a line break. */
  public static String text(String title, Shape shape) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(of(title, shape)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema is always JSON", e);
    }
  }

  /** The schema of a whole document. */
  public static ObjectNode of(String title, Shape shape) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.setAll(schema(shape));
    return schema;
  }

  private static ObjectNode schema(Shape shape) {
    ObjectNode schema = JSON.objectNode();
    if (shape instanceof Shape.Single single) {
      single(schema, single.kind());
    } else if (shape instanceof Shape.Choice choice) {
      choice.values().keySet().forEach(schema.putArray("enum")::add);
    } else if (shape instanceof Shape.Written) {
      schema.put("type", "string");
    } else if (shape instanceof Shape.ListOf list) {
      schema.put("type", "array");
      schema.set("items", schema(list.item()));
    } else if (shape instanceof Shape.MapOf map) {
      schema.put("type", "object");
      schema.set("additionalProperties", schema(map.value()));
    } else if (shape instanceof Shape.Fields fields) {
      fields(schema, fields);
    } else if (shape instanceof Shape.OneOf oneOf) {
      oneOf(schema, oneOf);
    } else if (shape instanceof Shape.Bare bare) {
      return schema(bare.value());
    }
    return schema;
  }

  /** Any single value may be a reference such as ${env:NAME}, so text always fits. */
  private static void single(ObjectNode schema, Shape.Single.Kind kind) {
    String[] types =
        switch (kind) {
          case TEXT -> new String[] {"string", "number", "boolean"};
          case BOOLEAN -> new String[] {"boolean", "string"};
          case WHOLE, SIZE -> new String[] {"integer", "string"};
          case NUMBER, PERCENT -> new String[] {"number", "string"};
        };
    Arrays.stream(types).forEach(schema.putArray("type")::add);
  }

  private static void fields(ObjectNode schema, Shape.Fields fields) {
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (Field field : fields.fields()) {
      ObjectNode property = schema(field.shape());
      property.put("description", field.meaning());
      field.writtenFallback().ifPresent(value -> property.set("default", value));
      properties.set(field.key(), property);
      if (field.fallback().isEmpty()) {
        required.add(field.key());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private static void oneOf(ObjectNode schema, Shape.OneOf oneOf) {
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("minProperties", 1);
    schema.put("maxProperties", 1);
    ObjectNode properties = schema.putObject("properties");
    oneOf
        .kinds()
        .forEach(
            (key, kind) -> {
              ObjectNode property = schema(kind);
              property.put("description", oneOf.meaning(key));
              properties.set(key, property);
            });
  }
}
