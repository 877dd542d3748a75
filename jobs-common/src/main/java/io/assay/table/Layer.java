package io.assay.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a table stands: the part of its name before the dot, and its folder under the warehouse
 * root. What is published has a name and a ledger here, and its rows elsewhere.
 */
public enum Layer {
  BRONZE,
  SILVER,
  QUARANTINE,
  GOLD,
  PUBLISH,
  OPS;

  /** The layers whose tables lie in the warehouse: all that SQL can name. */
  public static Stream<Layer> ofTables() {
    return Arrays.stream(values()).filter(layer -> layer != PUBLISH);
  }

  /** The lower-case name that SQL, selectors and paths use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
