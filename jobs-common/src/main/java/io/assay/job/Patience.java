package io.assay.job;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long something outside that does not answer is asked again, with growing pauses.
 *
 * @param most from the first question on; it is asked once at least
 */
public record Patience(Duration most) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * The answer.
   *
   * @param question fails with exit code 5 where it may be answered later
   * @throws AssayException with exit code 5 if it was not answered in time; any other failure at
   *     once
   */
  public <T> T ask(Supplier<T> question) {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return question.get();
      } catch (AssayException e) {
        Duration left = most.minus(Duration.ofNanos(System.nanoTime() - start));
        if (e.exitCode() != ExitCode.UNAVAILABLE || left.isNegative()) {
          throw e;
        }
        pause(pause.compareTo(left) < 0 ? pause : left);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
