package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * How an HTTP API is asked for what is new. Either {@code greatest} or {@code token} says what is
 * sent next time.
 */
public record HttpIncremental(
    @Setting("The parameter that takes the position, such as updated_since.") String parameter,
    @Setting(
            "The field of each record, such as updated_at, whose greatest value is the position."
                + " Times and numbers are compared as such.")
        Optional<String> greatest,
    @Setting("Where the last answer has the position itself, such as meta.sync_token.")
        Optional<String> token,
    @Setting(
            "How far before the greatest value is asked again, for records that become visible"
                + " late: a duration for times, a number for numbers.")
        Optional<Overlap> overlap,
    @Setting("What the parameter is at first. Without one the first read asks for everything.")
        Optional<String> start) {

  /**
   * How far before a position is read again.
   *
   * @param text a duration such as {@code PT5M}, or a whole number
   */
  public record Overlap(String text) {

    /**
     * Reads an overlap.
     *
     * @throws IllegalArgumentException if it is neither a positive duration nor a positive number
     */
    public static Overlap of(String text) {
      if (!text.matches("[1-9][0-9]{0,17}")) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative() || duration.isZero()) {
          throw new IllegalArgumentException("must be positive");
        }
      }
      return new Overlap(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
