package io.assay.silver.history;

import java.util.Optional;

/**
 * How far back a batch reaches.
 *
 * @param late the zones of the keys that are late; empty if everything is in order
 * @param everything whether every key counts as late: a truncate came after a later one
 */
record Reach(Optional<Zones> late, boolean everything) {
  static final Reach IN_ORDER = new Reach(Optional.empty(), false);
  static final Reach EVERYTHING = new Reach(Optional.of(Zones.ALL), true);

  static Reach of(Optional<Zones> late) {
    return new Reach(late, false);
  }
}
