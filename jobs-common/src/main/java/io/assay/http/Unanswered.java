package io.assay.http;

import java.time.Duration;
import java.util.Optional;

/** An API did not answer, or with a failure that may pass. Its message holds no secret. */
final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> pause;
  private final boolean failure;

  /**
   * @param pause how long the API asks to be left alone; empty if it does not say
   * @param failure false if it is only busy
   */
  Unanswered(String message, Optional<Duration> pause, boolean failure, Throwable cause) {
    super(message, cause);
    this.pause = pause;
    this.failure = failure;
  }

  /**
   * Refuses an answer that is worth asking again.
   *
   * @param shown what was asked, for people
   */
  static void check(Answer<?> answer, String shown) {
    if (answer.isPassing()) {
      Optional<Duration> pause = RetryAfter.of(answer);
      throw new Unanswered(
          shown
              + " answers with status "
              + answer.status()
              + pause.map(wait -> ", to be asked again after " + wait).orElse(""),
          pause,
          answer.status() != 429,
          null);
    }
  }

  Optional<Duration> pause() {
    return pause;
  }

  boolean isFailure() {
    return failure;
  }
}
