package io.assay.job;

import io.assay.config.Retry;
import io.assay.config.Streaming;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again what may succeed later: after a time that doubles with each failure.
 *
 * @param failures how many in a row are borne; with one more it is given up
 * @param first the time after the first failure
 * @param longest the longest time
 */
public record Backoff(int failures, Duration first, Duration longest) {

  /** Gives up at the first failure. */
  public static final Backoff NONE = new Backoff(0, Duration.ZERO, Duration.ZERO);

  /** As {@code run} does it. */
  public static Backoff of(Retry retry) {
    return new Backoff(retry.attempts() - 1, retry.first(), retry.longest());
  }

  /** As {@code stream} does it. */
  public static Backoff of(Streaming.Restart restart) {
    return new Backoff(restart.attempts(), restart.first(), restart.longest());
  }

  /**
   * How long to wait.
   *
   * @param failure its number in the row, from 1
   * @param random takes off up to a half, so that those who failed together do not come together
   */
  public Duration after(int failure, RandomGenerator random) {
    double doubled = first.toMillis() * Math.pow(2, failure - 1);
    double most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(most * (1 - random.nextDouble() / 2)));
  }
}
