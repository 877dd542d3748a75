package io.assay.quality.anomaly;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * How a measured value is compared with those of earlier batches.
 *
 * @param kind what is bounded
 * @param minimum how many earlier values it takes before anything is said
 * @param history how many earlier batches are looked at, the newest
 * @param season which of them are alike; empty: all
 */
public record Deviation(Kind kind, int minimum, int history, Optional<Season> season) {

  /** What is bounded. */
  public enum Kind {
    /** The difference from the newest of the earlier values. */
    ABSOLUTE_CHANGE("absoluteChange", 1, 1, false),
    /** The same by the size of that value: 0.1 is 10 % more. From 0 any change is infinite. */
    RELATIVE_CHANGE("relativeChange", 1, 1, false),
    /** The distance from the mean in standard deviations of the sample. */
    Z_SCORE("zScore", 3, 7, true),
    /** The distance from the nearer quartile in ranges between the quartiles; 0 between them. */
    INTERQUARTILE_RANGE("interquartileRange", 4, 7, true);

    private final String key;
    private final int least;
    private final int usual;
    private final boolean centred;

    Kind(String key, int least, int usual, boolean centred) {
      this.key = key;
      this.least = least;
      this.usual = usual;
      this.centred = centred;
    }

    /** As a contract calls it. */
    public String key() {
      return key;
    }

    /** As the names of rules have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** With fewer earlier values it cannot be computed. */
    public int least() {
      return least;
    }

    /** How many earlier values it takes unless the rule says otherwise. */
    public int usual() {
      return usual;
    }

    /** Whether a value like the earlier ones has 0, so that bounds must have it between them. */
    public boolean centred() {
      return centred;
    }
  }

  /**
   * A week: batches of the same day are alike.
   *
   * @param timezone in which days begin
   * @param time the column whose newest value that is not after the batch's time places it in its
   *     week; empty: the batch's time
   */
  public record Season(ZoneId timezone, Optional<String> time) {
    DayOfWeek day(Instant at) {
      return at.atZone(timezone).getDayOfWeek();
    }
  }

  /** The same among batches that a season has alike. */
  public Deviation in(Season alike) {
    return new Deviation(kind, minimum, history, Optional.of(alike));
  }

  /** The column that places a batch in time; empty: the batch's own time does. */
  public Optional<String> time() {
    return season.flatMap(Season::time);
  }

  boolean alike(Instant one, Instant other) {
    return season.map(week -> week.day(one) == week.day(other)).orElse(true);
  }
}
