package io.assay.table;

import java.util.Locale;

/**
 * Where a table stands: the part of its name before the dot, and its folder under the warehouse
 * root.
 */
public enum Layer {
  BRONZE,
  SILVER,
  QUARANTINE,
  GOLD,
  OPS;

  /** The lower-case name that SQL, selectors and paths use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
