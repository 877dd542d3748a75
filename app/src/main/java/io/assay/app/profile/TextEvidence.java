package io.assay.app.profile;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the values of one column of text say about its type. Values are added one by one, in any
 * order and in parts that are joined; a type or pattern is out as soon as one value does not fit.
 */
final class TextEvidence implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most digits that a decimal of Spark's has. */
  static final int DIGITS = 38;

  /** More names than these are keys of a map, and say no more. */
  private static final int FIELDS = 1000;

  /** What a single value looks like, the most telling first. */
  enum Kind {
    INTEGER("whole numbers"),
    DECIMAL("decimal numbers"),
    FLOATING("numbers with an exponent"),
    BOOLEAN("booleans"),
    DATE("dates"),
    TIMESTAMP("timestamps"),
    LEADING_ZERO("digits with leading zeros"),
    DECIMAL_COMMA("numbers with a decimal comma"),
    DOCUMENT("JSON objects or arrays"),
    TEXT("other texts");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    String plural() {
      return plural;
    }
  }

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(?:[.]([0-9]+))?([eE][-+]?[0-9]+)?");
  private static final Pattern ZEROS = Pattern.compile("[-+]?0[0-9]+");
  private static final Pattern COMMA = Pattern.compile("-?[0-9]{1,3}(?:[.]?[0-9]{3})*,[0-9]+");
  private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false|yes|no");
  private static final Pattern DATE = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(.*)");
  private static final Pattern CLOCK =
      Pattern.compile(
          "[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6}0*)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?| UTC)?");

  private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
  private Set<String> patterns;
  private int scale;
  private int whole;
  private boolean beyondLong;
  private long emails;
  private final Set<String> fields = new TreeSet<>();

  /** Adds a value; blanks say nothing. */
  void add(String value) {
    if (value == null || value.isBlank()) {
      return;
    }
    String text = value.strip();
    count(kind(text), 1);
    if (PersonalGuess.isEmail(text)) {
      emails++;
    }
    keepPatterns(text);
  }

  /** Adds a text of a JSON document, where numbers would have been written as such. */
  void addText(String value) {
    if (value == null || value.isBlank()) {
      return;
    }
    Kind kind = kind(value.strip());
    boolean time = kind == Kind.DATE || kind == Kind.TIMESTAMP;
    count(time ? kind : Kind.TEXT, 1);
    if (PersonalGuess.isEmail(value.strip())) {
      emails++;
    }
    keepPatterns(value.strip());
  }

  /**
   * Adds an object or array of a JSON document.
   *
   * @param names of the fields in it, at any depth
   */
  void addDocument(Set<String> names) {
    count(Kind.DOCUMENT, 1);
    if (fields.size() < FIELDS) {
      fields.addAll(names);
    }
    patterns = new LinkedHashSet<>();
  }

  TextEvidence join(TextEvidence other) {
    other.kinds.forEach(this::count);
    if (patterns == null) {
      patterns = other.patterns;
    } else if (other.patterns != null) {
      patterns.retainAll(other.patterns);
    }
    scale = Math.max(scale, other.scale);
    whole = Math.max(whole, other.whole);
    beyondLong |= other.beyondLong;
    emails += other.emails;
    fields.addAll(other.fields);
    return this;
  }

  /** How many values are of each kind; kinds without any are left out. */
  Map<Kind, Long> kinds() {
    return kinds;
  }

  long values() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether all values, of which there are some, are of these kinds. */
  boolean only(Kind... some) {
    long among = 0;
    for (Kind kind : some) {
      among += kinds.getOrDefault(kind, 0L);
    }
    return among > 0 && among == values();
  }

  /** The patterns that every value fits, the stricter first. */
  Set<String> patterns() {
    return patterns == null ? Set.of() : patterns;
  }

  /** The most decimals of a number. */
  int scale() {
    return scale;
  }

  /** The most digits of a number before its point. */
  int whole() {
    return whole;
  }

  boolean beyondLong() {
    return beyondLong;
  }

  /** Whether most values are addresses of electronic mail. */
  boolean emails() {
    return emails * 2 > values();
  }

  /** The names of the fields in objects and arrays. */
  Set<String> fields() {
    return fields;
  }

  private void count(Kind kind, long rows) {
    kinds.merge(kind, rows, Long::sum);
  }

  private Kind kind(String text) {
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      return number(number);
    } else if (ZEROS.matcher(text).matches()) {
      return Kind.LEADING_ZERO;
    } else if (COMMA.matcher(text).matches()) {
      return Kind.DECIMAL_COMMA;
    } else if (BOOLEAN.matcher(text).matches()) {
      return Kind.BOOLEAN;
    }
    Matcher date = DATE.matcher(text);
    if (date.matches() && isDate(date.group(1))) {
      return date.group(2).isEmpty()
          ? Kind.DATE
          : CLOCK.matcher(date.group(2)).matches() ? Kind.TIMESTAMP : Kind.TEXT;
    }
    return Kind.TEXT;
  }

  private Kind number(Matcher number) {
    if (number.group(3) != null) {
      return Kind.FLOATING;
    }
    String digits = number.group(1);
    whole = Math.max(whole, digits.length());
    if (number.group(2) != null) {
      scale = Math.max(scale, number.group(2).length());
      return Kind.DECIMAL;
    }
    beyondLong |= digits.length() > 18;
    return Kind.INTEGER;
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private void keepPatterns(String text) {
    if (patterns == null) {
      patterns = new LinkedHashSet<>(TimePatterns.all());
    }
    patterns.removeIf(pattern -> !TimePatterns.fits(pattern, text));
  }
}
