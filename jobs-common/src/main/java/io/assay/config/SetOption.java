package io.assay.config;

import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.document.Shape;
import io.assay.document.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code --set a.b=value}: a setting of {@code assay.yaml}, whose value is YAML.
 *
 * @param keys the keys that lead to the setting
 */
record SetOption(List<String> keys, Element value, Position position) {

  /** Reads an option; empty if it is none, which is then among the problems. */
  static Optional<SetOption> read(String text, Problems problems) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      problems.add(Position.of("--set"), "", "expected KEY=VALUE, found '" + text + "'");
      return Optional.empty();
    }
    String key = text.substring(0, equals).trim();
    Position position = Position.of("--set " + key);
    Element value =
        YamlReader.readValue(position.file(), text.substring(equals + 1), new Problems())
            .orElse(new Scalar(position, text.substring(equals + 1), Scalar.Kind.TEXT, false));
    return Optional.of(new SetOption(keys(key), value, position));
  }

  /** Keys are parted by dots, except inside free keys, such as Spark's own names. */
  private static List<String> keys(String key) {
    List<String> keys = new ArrayList<>();
    Shape shape = ProjectShapes.SETTINGS;
    String rest = key;
    while (rest.contains(".")) {
      boolean free = shape instanceof Shape.MapOf map && !(map.value() instanceof Shape.OneOf);
      if (free) {
        break;
      }
      String first = rest.substring(0, rest.indexOf('.'));
      keys.add(first);
      rest = rest.substring(first.length() + 1);
      shape = below(shape, first);
    }
    keys.add(rest);
    return keys;
  }

  private static Shape below(Shape shape, String key) {
    if (shape instanceof Shape.Fields fields) {
      return fields.field(key).<Shape>map(Shape.Field::shape).orElse(new Shape.Anything());
    } else if (shape instanceof Shape.MapOf map) {
      return map.value();
    } else if (shape instanceof Shape.OneOf oneOf) {
      return oneOf.kinds().getOrDefault(key, new Shape.Anything());
    }
    return new Shape.Anything();
  }

  /** The option as a document to lay over another. */
  Mapping overlay() {
    Element nested = value;
    for (int i = keys.size() - 1; i >= 0; i--) {
      nested = new Mapping(position, Map.of(keys.get(i), nested), Map.of(keys.get(i), position));
    }
    return (Mapping) nested;
  }
}
