package io.assay.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.document.Shape.Field;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Writes values as the documents they could have been read from. */
final class ShapeWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ShapeWriter() {}

  /** The document that {@link Binder} makes the same value of. */
  public static JsonNode write(Shape shape, Object value) {
    if (shape instanceof Shape.Fields fields) {
      return fields(fields, value);
    } else if (shape instanceof Shape.OneOf oneOf) {
      return oneOf(oneOf, value);
    } else if (shape instanceof Shape.ListOf list) {
      ArrayNode array = JSON.arrayNode();
      ((Collection<?>) value).forEach(item -> array.add(write(list.item(), item)));
      return array;
    } else if (shape instanceof Shape.MapOf map) {
      ObjectNode object = JSON.objectNode();
      ((Map<?, ?>) value)
          .forEach((key, item) -> object.set((String) key, write(map.value(), item)));
      return object;
    } else if (shape instanceof Shape.Choice choice) {
      return choice.values().entrySet().stream()
          .filter(entry -> entry.getValue() == value)
          .<JsonNode>map(entry -> JSON.textNode(entry.getKey()))
          .findFirst()
          .orElseThrow();
    } else if (shape instanceof Shape.Written written) {
      return JSON.textNode(written.codec().write().apply(value));
    } else if (shape instanceof Shape.Single single) {
      return single(single.kind(), value);
    }
    throw new IllegalArgumentException("cannot write " + shape);
  }

  private static JsonNode fields(Shape.Fields shape, Object value) {
    ObjectNode object = JSON.objectNode();
    for (Field field : shape.fields()) {
      Object part = Records.value(value, field.component());
      if (part instanceof Optional<?> optional) {
        optional.ifPresent(present -> object.set(field.key(), write(field.shape(), present)));
      } else {
        object.set(field.key(), write(field.shape(), part));
      }
    }
    return object;
  }

  private static JsonNode oneOf(Shape.OneOf shape, Object value) {
    ObjectNode object = JSON.objectNode();
    shape
        .kinds()
        .forEach(
            (key, kind) -> {
              if (kind instanceof Shape.Bare bare && bare.type().isInstance(value)) {
                Object part = Records.value(value, bare.type().getRecordComponents()[0]);
                object.set(key, write(bare.value(), part));
              } else if (kind instanceof Shape.Fields fields && fields.type().isInstance(value)) {
                object.set(key, write(fields, value));
              }
            });
    return object;
  }

  private static JsonNode single(Shape.Single.Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> JSON.textNode((String) value);
      case BOOLEAN -> JSON.booleanNode((Boolean) value);
      case WHOLE -> JSON.numberNode(((Number) value).longValue());
      case NUMBER -> number((Double) value);
      case SIZE -> JSON.textNode(Scalars.size(((Number) value).longValue()));
      case PERCENT -> JSON.textNode(number((Double) value).asText() + "%");
    };
  }

  /** Whole numbers are written without a point. */
  private static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? JSON.numberNode((long) value)
        : JSON.numberNode(value);
  }
}
