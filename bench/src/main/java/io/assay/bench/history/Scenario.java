package io.assay.bench.history;

import java.util.Locale;

/**
 * One batch that is merged into one history.
 *
 * @param versions how many versions each key has before
 * @param changes how many keys the batch has an event for
 */
record Scenario(int versions, long changes, Feed feed) {

  /** How the batch's events stand to what is stored. */
  enum Feed {
    /** Every event is newer than its key's newest version, and changes it. */
    IN_ORDER,
    /** Like that, but one event in ten belongs between or before older versions of its key. */
    LATE,
    /** Every event is newer, and says what is stored already. */
    NO_CHANGE;

    String label() {
      return switch (this) {
        case IN_ORDER -> "in order";
        case LATE -> "10 % late";
        case NO_CHANGE -> "no change";
      };
    }

    static Feed of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  String title() {
    return "%d versions, %,d keys, %s".formatted(versions, changes, feed.label());
  }

  /** A name for files. */
  String id() {
    return "%d-%d-%s".formatted(versions, changes, feed.name().toLowerCase(Locale.ROOT));
  }
}
