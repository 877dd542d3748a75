package io.assay.document;

import io.assay.document.Element.Scalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values. */
final class Scalars {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})\\s*(b|kb|mb|gb|tb)?");
  private static final List<String> UNITS = List.of("b", "kb", "mb", "gb", "tb");

  private final Problems problems;
  private final boolean strict;

  Scalars(Problems problems, boolean strict) {
    this.problems = problems;
    this.strict = strict;
  }

  /** The value; null if it does not fit, which is then among the problems. */
  Object bind(Shape shape, Scalar scalar, String path) {
    if (shape instanceof Shape.Choice choice) {
      return choice(choice, scalar, path);
    } else if (shape instanceof Shape.Written written) {
      return written(written, scalar, path);
    }
    Object value =
        switch (((Shape.Single) shape).kind()) {
          case TEXT -> text(scalar);
          case BOOLEAN -> bool(scalar.text());
          case WHOLE -> whole(scalar.text());
          case NUMBER -> number(scalar.text());
          case SIZE -> size(scalar.text());
          case PERCENT -> percent(scalar.text());
        };
    return value == null ? misfit(shape, scalar, path) : value;
  }

  /** A size as {@link #bind} reads it, in the largest unit that divides it. */
  static String size(long bytes) {
    int power = 0;
    long value = bytes;
    while (value != 0 && value % 1024 == 0 && power < UNITS.size() - 1) {
      value /= 1024;
      power++;
    }
    return value + (power == 0 ? "" : UNITS.get(power));
  }

  /** A whole number in the type of its component. */
  static Object narrowed(Object value, RecordComponent component) {
    Class<?> type = component.getType();
    if (component.getGenericType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof Class<?> inner) {
      type = inner;
    }
    if (value instanceof Long number && (type == int.class || type == Integer.class)) {
      return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }
    return value;
  }

  /** What a component of a primitive type holds when its value did not fit. */
  static Object zero(Class<?> type) {
    if (type == boolean.class) {
      return false;
    } else if (type == int.class) {
      return 0;
    } else if (type == long.class) {
      return 0L;
    }
    return 0d;
  }

  private Object misfit(Shape shape, Scalar scalar, String path) {
    String found = "'" + scalar.shown() + "'";
    boolean unquoted = strict && shape.label().equals(Shape.Single.Kind.TEXT.label());
    problems.add(
        scalar.position(),
        path,
        unquoted
            ? "expected text, found " + found + ": put it in quotes"
            : "expected " + shape.label() + ", found " + found);
    return null;
  }

  private Object choice(Shape.Choice choice, Scalar scalar, String path) {
    Object value = choice.values().get(scalar.text());
    if (value == null) {
      problems.add(
          scalar.position(),
          path,
          "unknown value '"
              + scalar.shown()
              + "'"
              + Nearest.hint(scalar.text(), choice.values().keySet()));
    }
    return value;
  }

  private Object written(Shape.Written written, Scalar scalar, String path) {
    try {
      return written.codec().read().apply(scalar.text());
    } catch (RuntimeException e) {
      return misfit(written, scalar, path);
    }
  }

  private Object text(Scalar scalar) {
    return strict && scalar.kind() != Scalar.Kind.TEXT ? null : scalar.text();
  }

  private static Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  private static Long whole(String text) {
    try {
      return Long.valueOf(text.replace("_", ""));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Double number(String text) {
    try {
      Double value = Double.valueOf(text);
      return value.isNaN() || value.isInfinite() ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Long size(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    String unit = matcher.group(2) == null ? "b" : matcher.group(2);
    int power = UNITS.indexOf(unit);
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static Double percent(String text) {
    Double value = number(text.endsWith("%") ? text.substring(0, text.length() - 1).trim() : text);
    return value == null || value < 0 || value > 100 ? null : value;
  }
}
