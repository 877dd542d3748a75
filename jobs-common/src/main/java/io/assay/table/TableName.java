package io.assay.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table's public name, such as {@code silver.orders}. The name part is a plain SQL identifier, so
 * it never needs quoting and can never leave its folder.
 */
public record TableName(Layer layer, String name) implements Comparable<TableName> {
  /** What the name part may look like. */
  public static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z0-9_]{0,126}");

  private static final String VERSIONS = "_history";
  private static final String LATE = "_late";

  public TableName {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a table name is lower-case letters, digits and underscores, not '" + name + "'");
    }
  }

  public static TableName bronze(String name) {
    return new TableName(Layer.BRONZE, name);
  }

  /** The current rows, whatever history is kept. */
  public static TableName silver(String name) {
    return new TableName(Layer.SILVER, name);
  }

  /** The versions. */
  public static TableName history(String name) {
    return new TableName(Layer.SILVER, name + VERSIONS);
  }

  /** Every accepted distinct event; internal. */
  public static TableName events(String name) {
    return new TableName(Layer.SILVER, name + "__events");
  }

  public static TableName quarantine(String name) {
    return new TableName(Layer.QUARANTINE, name);
  }

  public static TableName gold(String name) {
    return new TableName(Layer.GOLD, name);
  }

  /** A copy of a mart outside of the warehouse. */
  public static TableName publish(String name) {
    return new TableName(Layer.PUBLISH, name);
  }

  /** The events that came too late for the windows of a mart. */
  public static TableName late(String mart) {
    return gold(mart + LATE);
  }

  /** {@code gold.M} for {@code gold.M_late}; any other table is its own. */
  public TableName onTime() {
    return layer == Layer.GOLD && name.endsWith(LATE)
        ? gold(name.substring(0, name.length() - LATE.length()))
        : this;
  }

  public static TableName ops(String name) {
    return new TableName(Layer.OPS, name);
  }

  /** Reads {@code layer.name}; empty if the text is no such name. */
  public static Optional<TableName> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0 || !IDENTIFIER.matcher(text.substring(dot + 1)).matches()) {
      return Optional.empty();
    }
    return Arrays.stream(Layer.values())
        .filter(layer -> layer.label().equals(text.substring(0, dot)))
        .findFirst()
        .map(layer -> new TableName(layer, text.substring(dot + 1)));
  }

  /**
   * Reads {@code layer.name}.
   *
   * @throws IllegalArgumentException if the text is no such name
   */
  @JsonCreator
  public static TableName of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a table name: '" + text + "'"));
  }

  /** {@code silver.X} for {@code silver.X_history}; any other table is its own. */
  public TableName currentRows() {
    return layer == Layer.SILVER && name.endsWith(VERSIONS)
        ? silver(name.substring(0, name.length() - VERSIONS.length()))
        : this;
  }

  @Override
  public int compareTo(TableName other) {
    int byLayer = layer.compareTo(other.layer);
    return byLayer != 0 ? byLayer : name.compareTo(other.name);
  }

  @Override
  @JsonValue
  public String toString() {
    return layer.label() + "." + name;
  }
}
