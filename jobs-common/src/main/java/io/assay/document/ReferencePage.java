package io.assay.document;

import io.assay.document.Shape.Field;
import java.util.Set;
import java.util.function.Consumer;

/** Writes shapes as the tables of a reference page. */
public final class ReferencePage {
  private final StringBuilder text = new StringBuilder();
  private final Set<String> toldElsewhere;

  /** A page that lists every key. */
  public ReferencePage() {
    this(Set.of());
  }

  /**
   * @param toldElsewhere paths below which nothing is listed, since another table has it
   */
  public ReferencePage(Set<String> toldElsewhere) {
    this.toldElsewhere = Set.copyOf(toldElsewhere);
  }

  /** Adds text as it is. */
  public ReferencePage say(String markdown) {
    text.append(markdown);
    return this;
  }

  /**
   * Adds a table of every key that a document of the shape may hold, in the order of the records.
   */
  public ReferencePage table(Shape shape) {
    text.append("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
    rows("", shape);
    text.append('\n');
    return this;
  }

  /** The whole page. */
  public String text() {
    return text.toString();
  }

  private void rows(String path, Shape shape) {
    below(path, shape, fields -> fields.fields().forEach(field -> row(path, field)));
  }

  private void below(String path, Shape shape, Consumer<Shape.Fields> known) {
    if (toldElsewhere.contains(path)) {
      return;
    }
    if (shape instanceof Shape.Fields fields) {
      known.accept(fields);
    } else if (shape instanceof Shape.MapOf map) {
      rows(Paths.key(path, "NAME"), map.value());
    } else if (shape instanceof Shape.OneOf oneOf) {
      oneOf
          .kinds()
          .forEach(
              (key, kind) -> {
                String place = Paths.key(path, key);
                line(place, kind.label(), "", oneOf.meaning(key));
                rows(place, kind);
              });
    } else if (shape instanceof Shape.ListOf list) {
      rows(path + "[]", list.item());
    }
  }

  private void row(String path, Field field) {
    String place = Paths.key(path, field.key());
    line(place, label(field.shape()), otherwise(field), field.meaning());
    rows(place, field.shape());
  }

  private static String label(Shape shape) {
    if (shape instanceof Shape.ListOf list) {
      return "a list of: " + list.item().label();
    } else if (shape instanceof Shape.MapOf map && !(map.value() instanceof Shape.OneOf)) {
      return "free keys, each with " + map.value().label();
    }
    return shape.label();
  }

  private static String otherwise(Field field) {
    if (field.fallback().isEmpty()) {
      return "required";
    }
    return field.writtenFallback().map(value -> "`" + value.asText() + "`").orElse("");
  }

  private void line(String key, String value, String otherwise, String meaning) {
    text.append("| `%s` | %s | %s | %s |\n".formatted(key, value, otherwise, escaped(meaning)));
  }

  private static String escaped(String meaning) {
    return meaning.replace("|", "\\|");
  }
}
