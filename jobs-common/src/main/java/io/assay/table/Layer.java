package io.assay.table;

import java.util.Locale;

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

  /** The lower-case name that SQL, selectors and paths use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
