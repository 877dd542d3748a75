package io.assay.document;

import io.assay.document.Shape.Fallback;
import io.assay.document.Shape.Field;
import io.assay.document.Shape.Single.Kind;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Derives shapes from records, so that a key exists exactly where a record has a component. */
public final class Shapes {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final Naming naming;
  private final List<Codec> codecs;

  /** How keys are made of the components' names. */
  public enum Naming {
    /** {@code validTime} is {@code valid_time}. */
    SNAKE_CASE,
    /** As they are. */
    UNCHANGED
  }

  /**
   * @param codecs for the types that are written as text
   */
  public Shapes(Naming naming, List<Codec> codecs) {
    this.naming = naming;
    this.codecs = List.copyOf(codecs);
  }

  /** The shape of a record, a sealed interface of records, or any type they are made of. */
  public Shape of(Type type) {
    return of(type, Setting.Unit.PLAIN);
  }

  private Shape of(Type type, Setting.Unit unit) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> raw = (Class<?>) type;
    Optional<Codec> codec =
        codecs.stream().filter(known -> known.type().isAssignableFrom(raw)).findFirst();
    if (raw == Element.class) {
      return new Shape.Anything();
    } else if (codec.isPresent()) {
      return new Shape.Written(codec.get());
    } else if (raw.isEnum()) {
      return choice(raw);
    } else if (raw.isRecord()) {
      return fields(raw);
    } else if (raw.isSealed()) {
      return oneOf(raw);
    }
    return new Shape.Single(single(raw, unit));
  }

  private static Kind single(Class<?> raw, Setting.Unit unit) {
    if (raw == String.class) {
      return Kind.TEXT;
    } else if (raw == boolean.class || raw == Boolean.class) {
      return Kind.BOOLEAN;
    }
    boolean whole =
        raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class;
    if (!whole && raw != double.class && raw != Double.class) {
      throw new IllegalArgumentException("no shape for " + raw);
    }
    return switch (unit) {
      case SIZE -> Kind.SIZE;
      case PERCENT -> Kind.PERCENT;
      case PLAIN -> whole ? Kind.WHOLE : Kind.NUMBER;
    };
  }

  private Shape generic(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == List.class || raw == Set.class) {
      return new Shape.ListOf(of(arguments[0]), raw == Set.class);
    } else if (raw == Map.class && arguments[0] == String.class) {
      return new Shape.MapOf(of(arguments[1]));
    } else if (raw == Optional.class) {
      return of(arguments[0]);
    }
    throw new IllegalArgumentException("no shape for " + type);
  }

  private static Shape choice(Class<?> type) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object value : type.getEnumConstants()) {
      values.put(((Enum<?>) value).name().toLowerCase(Locale.ROOT), value);
    }
    return new Shape.Choice(type, values);
  }

  private Shape oneOf(Class<?> type) {
    Map<String, Shape> kinds = new LinkedHashMap<>();
    for (Class<?> kind : type.getPermittedSubclasses()) {
      String key = snakeCase(kind.getSimpleName());
      RecordComponent[] components = kind.getRecordComponents();
      boolean bare = components.length == 1 && components[0].getName().equals(key);
      kinds.put(key, bare ? new Shape.Bare(kind, of(components[0].getGenericType())) : of(kind));
    }
    return new Shape.OneOf(type, kinds);
  }

  private Shape fields(Class<?> type) {
    Object constant = constantOf(type);
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      Shape shape =
          of(component.getGenericType(), setting == null ? Setting.Unit.PLAIN : setting.unit());
      String key =
          naming == Naming.SNAKE_CASE ? snakeCase(component.getName()) : component.getName();
      boolean optional = component.getType() == Optional.class;
      fields.add(
          new Field(
              key,
              component,
              shape,
              optional,
              fallback(component, shape, setting, constant),
              setting == null ? "" : setting.value()));
    }
    return new Shape.Fields(type, fields);
  }

  private static Optional<Fallback> fallback(
      RecordComponent component, Shape shape, Setting setting, Object constant) {
    if (setting != null && !setting.otherwise().isEmpty()) {
      Object value = new Binder(new Problems()).constant(setting, shape);
      return Optional.of(new Fallback(Scalars.narrowed(value, component)));
    } else if (constant != null) {
      return Optional.of(new Fallback(Records.value(constant, component)));
    } else if (component.getType() == Optional.class) {
      return Optional.of(new Fallback(Optional.empty()));
    } else if (shape instanceof Shape.ListOf list) {
      return Optional.of(new Fallback(list.distinct() ? Set.of() : List.of()));
    } else if (shape instanceof Shape.MapOf) {
      return Optional.of(new Fallback(Map.of()));
    }
    Object whole = shape instanceof Shape.Fields fields ? constantOf(fields.type()) : null;
    return Optional.ofNullable(whole).map(Fallback::new);
  }

  /** A record's public constant of its own type; null if there is none. */
  private static Object constantOf(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
        .findFirst()
        .map(Records::constant)
        .orElse(null);
  }

  private static String snakeCase(String name) {
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
