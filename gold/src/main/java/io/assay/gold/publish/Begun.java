package io.assay.gold.publish;

import java.util.Optional;

/**
 * Deliveries that were begun and did not end: some of their rows may be there.
 *
 * @param of the table and columns of them all; {@code ?} if they differ, or it is not known
 */
record Begun(String of) {
  static final Begun UNKNOWN = new Begun("?");

  private static Begun by(Position until) {
    return new Begun(until.tableId() + " " + until.definition());
  }

  /** What was begun when one more delivery is. */
  static Begun with(Optional<Begun> earlier, Position until) {
    Begun one = by(until);
    return earlier.filter(others -> !others.equals(one)).isPresent() ? UNKNOWN : one;
  }

  /** Whether they brought the table and columns of another one, so that its changes name all. */
  boolean isOf(Position until) {
    return equals(by(until));
  }
}
