package io.assay.batch;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How a run behaves in time.
 *
 * @param stop asked between two batches, when there is more to do: whether the rest is left to
 *     another run
 * @param leasePatience how long a table is waited for that another run is writing
 */
public record Pace(BooleanSupplier stop, Duration leasePatience) {
  /** Does all there is, and waits for nobody. */
  public static final Pace STEADY = new Pace(() -> false, Duration.ZERO);

  /** The same, but it waits so long for a table that another run is writing. */
  public Pace waitingForLeases(Duration patience) {
    return new Pace(stop, patience);
  }
}
