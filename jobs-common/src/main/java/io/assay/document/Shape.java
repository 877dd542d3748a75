package io.assay.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a document may hold at one place, derived from the records by {@link Shapes}. */
public sealed interface Shape {

  /** One value. */
  record Single(Kind kind) implements Shape {
    /** The kinds of plain values. */
    public enum Kind {
      TEXT("text"),
      BOOLEAN("true or false"),
      WHOLE("a whole number"),
      NUMBER("a number"),
      SIZE("a size such as 10mb"),
      PERCENT("a percentage such as 10%");

      private final String label;

      Kind(String label) {
        this.label = label;
      }

      /** For messages and the reference. */
      public String label() {
        return label;
      }
    }
  }

  /** One of a few words. */
  record Choice(Class<?> type, Map<String, Object> values) implements Shape {}

  /** Text that stands for a value of a type, such as a time zone. */
  record Written(Codec codec) implements Shape {}

  /** A list, or a set where {@code distinct}. */
  record ListOf(Shape item, boolean distinct) implements Shape {}

  /** Free keys. */
  record MapOf(Shape value) implements Shape {}

  /** Known keys. */
  record Fields(Class<?> type, List<Field> fields) implements Shape {
    /** The field of a key. */
    public Optional<Field> field(String key) {
      return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }
  }

  /** Exactly one of a few keys, each for one record of a sealed type. */
  record OneOf(Class<?> type, Map<String, Shape> kinds) implements Shape {
    /** What a kind means. */
    public String meaning(String key) {
      Shape kind = kinds.get(key);
      Class<?> record = kind instanceof Bare bare ? bare.type() : ((Fields) kind).type();
      Setting setting = record.getAnnotation(Setting.class);
      return setting == null ? "" : setting.value();
    }
  }

  /** A record with one component, whose value stands there by itself. */
  record Bare(Class<?> type, Shape value) implements Shape {}

  /** Whatever: kept as it is. */
  record Anything() implements Shape {}

  /**
   * A known key.
   *
   * @param optional whether the value is an {@link Optional}
   * @param fallback the value when the key is absent; empty: the key is required
   */
  record Field(
      String key,
      RecordComponent component,
      Shape shape,
      boolean optional,
      Optional<Fallback> fallback,
      String meaning) {

    /** The default of a single value, as a document would have it; empty if there is none. */
    public Optional<JsonNode> writtenFallback() {
      return fallback
          .map(Fallback::value)
          .map(value -> value instanceof Optional<?> option ? option.orElse(null) : value)
          .filter(value -> !(value instanceof Collection || value instanceof Map))
          .filter(value -> !(value instanceof Record) || shape instanceof Written)
          .map(value -> ShapeWriter.write(shape, value));
    }
  }

  /**
   * What holds when a key is absent.
   *
   * @param value never null
   */
  record Fallback(Object value) {}

  /** For messages: what is expected. */
  default String label() {
    if (this instanceof Single single) {
      return single.kind().label();
    } else if (this instanceof Choice choice) {
      return "one of " + String.join(", ", choice.values().keySet());
    } else if (this instanceof Written written) {
      return written.codec().label();
    } else if (this instanceof ListOf) {
      return "a list";
    } else if (this instanceof OneOf oneOf) {
      return "one of the keys " + String.join(", ", oneOf.kinds().keySet());
    } else if (this instanceof Bare bare) {
      return bare.value().label();
    } else if (this instanceof Anything) {
      return "anything";
    }
    return "keys with values";
  }
}
