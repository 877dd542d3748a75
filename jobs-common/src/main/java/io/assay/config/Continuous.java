package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;

/** That {@code assay stream} keeps a table up to date. */
public record Continuous(
    @Setting(
            "How long it is from the start of one look for new input to the next, at least 1s. A"
                + " batch that takes longer is followed at once, and so is one that leaves a"
                + " backlog.")
        Duration every) {
  private static final Duration LEAST = Duration.ofSeconds(1);

  public Continuous {
    if (every != null && every.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("every must be at least 1s");
    }
  }

  @Override
  public String toString() {
    return "every " + every;
  }
}
