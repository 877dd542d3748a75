package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;

/** How {@code assay stream} runs. */
public record Streaming(
    @Setting("What happens when a source does not answer (exit code 5).") Restart restart,
    @Setting(
            "How often what was done goes into the records of runs and the ops tables. Batches are"
                + " in the ledgers at once.")
        Duration record,
    @Setting(
            "How long the batches in hand may take after the stop was asked for. Then the process"
                + " ends, with exit code 1, and the next run completes or repeats them.")
        Duration patience) {
  public static final Streaming DEFAULT =
      new Streaming(Restart.DEFAULT, Duration.ofMinutes(5), Duration.ofMinutes(5));

  /** When a continuous dataset or mart whose source does not answer is tried again. */
  public record Restart(
      @Setting("How often in a row it may fail; with one more it is given up. Success counts anew.")
          int attempts,
      @Setting(
              "How long is waited after the first failure; twice as long after each further one,"
                  + " and up to half less, at random.")
          Duration first,
      @Setting("The longest time between two attempts.") Duration longest) {
    public static final Restart DEFAULT =
        new Restart(20, Duration.ofSeconds(1), Duration.ofMinutes(5));

    public Restart {
      if (attempts < 0) {
        throw new IllegalArgumentException("attempts must not be negative");
      }
    }
  }
}
