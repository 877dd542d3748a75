package io.assay.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a YAML file says, each part with its place. */
public sealed interface Element {

  /** Where it begins. */
  Position position();

  /**
   * Keys and values, in the order of the file.
   *
   * @param keys where each key stands
   */
  record Mapping(Position position, Map<String, Element> values, Map<String, Position> keys)
      implements Element {
    public Mapping {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      keys = Map.copyOf(keys);
    }

    /** No keys at all. */
    public static Mapping empty(Position position) {
      return new Mapping(position, Map.of(), Map.of());
    }

    /** The value of a key. */
    public Optional<Element> value(String key) {
      return Optional.ofNullable(values.get(key));
    }

    /** The value of a key, if it is a mapping. */
    public Optional<Mapping> mapping(String key) {
      return value(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /** Where a key stands; where the mapping begins, if there is no such key. */
    public Position keyPosition(String key) {
      return keys.getOrDefault(key, position);
    }

    /** The same with one value set. */
    public Mapping with(String key, Position keyPosition, Element value) {
      Map<String, Element> newValues = new LinkedHashMap<>(values);
      Map<String, Position> newKeys = new LinkedHashMap<>(keys);
      newValues.put(key, value);
      newKeys.put(key, keyPosition);
      return new Mapping(position, newValues, newKeys);
    }

    /** The same with another laid over it: mappings merge deep, anything else replaces. */
    public Mapping overlaid(Mapping over) {
      Mapping result = this;
      for (Map.Entry<String, Element> entry : over.values.entrySet()) {
        String key = entry.getKey();
        Element value =
            entry.getValue() instanceof Mapping deeper && values.get(key) instanceof Mapping below
                ? below.overlaid(deeper)
                : entry.getValue();
        result = result.with(key, over.keyPosition(key), value);
      }
      return result;
    }
  }

  /** A list. */
  record Sequence(Position position, List<Element> items) implements Element {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param kind what YAML takes it for
   * @param secret whether it came from outside the project and must not be shown
   */
  record Scalar(Position position, String text, Kind kind, boolean secret) implements Element {
    /** What stands where a secret would. */
    public static final String REDACTED = "(redacted)";

    /** What YAML takes an unquoted value for. */
    public enum Kind {
      TEXT,
      WHOLE,
      NUMBER,
      BOOLEAN,
      TIMESTAMP,
      NULL
    }

    /** The text, for people. */
    public String shown() {
      return secret ? REDACTED : text;
    }

    @Override
    public String toString() {
      return position + ": " + shown();
    }
  }

  /**
   * The place of something deep inside, or of the nearest thing around it that is there.
   *
   * @param path keys (String) and indexes (Integer)
   */
  default Position at(Object... path) {
    Element here = this;
    Position position = position();
    for (Object step : path) {
      if (here instanceof Mapping mapping && mapping.values().containsKey(step)) {
        position = mapping.keyPosition((String) step);
        here = mapping.values().get(step);
      } else if (here instanceof Sequence sequence
          && step instanceof Integer index
          && index < sequence.items().size()) {
        here = sequence.items().get(index);
        position = here.position();
      } else {
        return position;
      }
    }
    return position;
  }
}
