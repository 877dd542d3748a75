package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;

/** How often {@code run} tries a job again whose source does not answer (exit code 5). */
public record Retry(
    @Setting("How often a job is tried, the first time included; 1 for no second time.")
        int attempts,
    @Setting(
            "How long is waited before the second time; twice as long before each further one, and"
                + " up to half less, at random.")
        Duration first,
    @Setting("The longest time between two attempts.") Duration longest) {
  public static final Retry DEFAULT = new Retry(3, Duration.ofSeconds(2), Duration.ofMinutes(1));

  public Retry {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1");
    }
  }
}
