package io.assay.document;

import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Shape.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes records of a document and notes everything that does not fit. A part that does not fit
 * becomes null, so that what is around it can still be checked; the result is to be used only when
 * there are no problems.
 */
public final class Binder {
  private final Problems problems;
  private final Scalars scalars;

  /** Takes any single value for text, as settings do. */
  public Binder(Problems problems) {
    this(problems, false);
  }

  /**
   * @param strict whether a number or a boolean without quotes is no text
   */
  public Binder(Problems problems, boolean strict) {
    this.problems = problems;
    this.scalars = new Scalars(problems, strict);
  }

  /** The value of a document of this shape; null if it does not fit at all. */
  public Object bind(Shape shape, Element element, String path) {
    if (shape instanceof Shape.Anything) {
      return element;
    } else if (element instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL) {
      problems.add(element.position(), path, "has no value: expected " + shape.label());
      return null;
    } else if (shape instanceof Shape.Fields fields) {
      return element instanceof Mapping mapping
          ? fields(fields, mapping, path)
          : misfit(shape, element, path);
    } else if (shape instanceof Shape.MapOf map) {
      return element instanceof Mapping mapping
          ? map(map, mapping, path)
          : misfit(shape, element, path);
    } else if (shape instanceof Shape.ListOf list) {
      return element instanceof Sequence sequence
          ? list(list, sequence, path)
          : misfit(shape, element, path);
    } else if (shape instanceof Shape.OneOf oneOf) {
      return element instanceof Mapping mapping
          ? oneOf(oneOf, mapping, path)
          : misfit(shape, element, path);
    }
    return element instanceof Scalar scalar
        ? scalars.bind(shape, scalar, path)
        : misfit(shape, element, path);
  }

  /** The value of a setting's default, which is known to fit. */
  Object constant(Setting setting, Shape shape) {
    return YamlReader.readValue("default", setting.otherwise(), problems)
        .map(element -> bind(shape, element, ""))
        .orElseThrow(() -> new IllegalStateException("not a default: " + setting));
  }

  private Object misfit(Shape shape, Element element, String path) {
    String found =
        element instanceof Mapping
            ? "keys with values"
            : element instanceof Sequence ? "a list" : "'" + ((Scalar) element).shown() + "'";
    problems.add(element.position(), path, "expected " + shape.label() + ", found " + found);
    return null;
  }

  private Object fields(Shape.Fields shape, Mapping mapping, String path) {
    Set<String> meant = unknownKeys(shape, mapping, path);
    Object[] values = new Object[shape.fields().size()];
    for (int i = 0; i < values.length; i++) {
      Field field = shape.fields().get(i);
      Object value = field(field, mapping, path, meant);
      values[i] =
          value == null && field.component().getType().isPrimitive()
              ? Scalars.zero(field.component().getType())
              : value;
    }
    try {
      return Records.create(shape.type(), values);
    } catch (IllegalArgumentException e) {
      problems.add(mapping.position(), path, e.getMessage());
      return null;
    }
  }

  private Object field(Field field, Mapping mapping, String path, Set<String> meant) {
    Optional<Element> element = mapping.value(field.key());
    if (element.isPresent()) {
      Object value = bind(field.shape(), element.get(), Paths.key(path, field.key()));
      Object sized = Scalars.narrowed(value, field.component());
      return field.optional() && sized != null ? Optional.of(sized) : sized;
    } else if (field.fallback().isPresent()) {
      return field.fallback().get().value();
    } else if (!meant.contains(field.key())) {
      problems.add(
          mapping.position(),
          path,
          "the key '" + field.key() + "' is missing: expected " + field.shape().label());
    }
    return null;
  }

  /** Reports keys that nobody knows, and returns the known ones that were probably meant. */
  private Set<String> unknownKeys(Shape.Fields shape, Mapping mapping, String path) {
    Set<String> known =
        shape.fields().stream()
            .map(Field::key)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> free = new LinkedHashSet<>(known);
    free.removeAll(mapping.values().keySet());
    Set<String> meant = new HashSet<>();
    for (String key : mapping.values().keySet()) {
      if (!known.contains(key)) {
        Nearest.to(key, free).ifPresent(meant::add);
        unknown(mapping, key, path, Nearest.to(key, free).isPresent() ? free : known);
      }
    }
    return meant;
  }

  private void unknown(Mapping mapping, String key, String path, Set<String> known) {
    problems.add(
        mapping.keyPosition(key),
        Paths.key(path, key),
        "unknown key '" + key + "'" + Nearest.hint(key, known));
  }

  private Map<String, Object> map(Shape.MapOf shape, Mapping mapping, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .values()
        .forEach(
            (key, element) -> values.put(key, bind(shape.value(), element, Paths.key(path, key))));
    return Collections.unmodifiableMap(values);
  }

  private Object list(Shape.ListOf shape, Sequence sequence, String path) {
    List<Object> items = new ArrayList<>();
    for (Element item : sequence.items()) {
      items.add(bind(shape.item(), item, Paths.item(path, items.size())));
    }
    return shape.distinct()
        ? Collections.unmodifiableSet(new LinkedHashSet<>(items))
        : Collections.unmodifiableList(items);
  }

  private Object oneOf(Shape.OneOf shape, Mapping mapping, String path) {
    Set<String> keys = mapping.values().keySet();
    if (keys.size() != 1) {
      problems.add(
          mapping.position(),
          path,
          "expected exactly one of the keys "
              + String.join(", ", shape.kinds().keySet())
              + ", found "
              + (keys.isEmpty() ? "none" : String.join(", ", keys)));
      return null;
    }
    String key = keys.iterator().next();
    Shape kind = shape.kinds().get(key);
    if (kind == null) {
      unknown(mapping, key, path, shape.kinds().keySet());
      return null;
    }
    Element element = mapping.values().get(key);
    if (kind instanceof Shape.Bare bare) {
      Object value = bind(bare.value(), element, Paths.key(path, key));
      return value == null ? null : Records.create(bare.type(), new Object[] {value});
    }
    return bind(kind, element, Paths.key(path, key));
  }
}
