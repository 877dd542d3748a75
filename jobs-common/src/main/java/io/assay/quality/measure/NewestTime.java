package io.assay.quality.measure;

import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * The newest time among rows that is not after the clock. A single time far ahead, mostly a slip of
 * the pen, must not make old rows look fresh. If all are ahead it is the one next to the clock.
 *
 * <p>Of known rows what is kept must not depend on a clock: with them it is the newest of all.
 */
final class NewestTime {
  private static final double MICROSECONDS = 1e6;

  private final SharedScan.Probe reached;
  private final Optional<SharedScan.Probe> ahead;
  private final long now;

  NewestTime(Column time, SharedScan scan) {
    this.now = ChronoUnit.MICROS.between(Instant.EPOCH, scan.clock());
    Column micros = unix_micros(time.cast(DataTypes.TimestampType));
    this.reached = scan.maximum(scan.addsUp() ? micros : when(micros.leq(now), micros));
    this.ahead =
        scan.addsUp() ? Optional.empty() : Optional.of(scan.minimum(when(micros.gt(now), micros)));
  }

  /** How many seconds it is before the clock; below 0 if it is after; empty if there is none. */
  OptionalDouble secondsBefore() {
    OptionalDouble found = reached.value();
    if (found.isEmpty() && ahead.isPresent()) {
      found = ahead.get().value();
    }
    return found.isPresent()
        ? OptionalDouble.of((now - found.getAsDouble()) / MICROSECONDS)
        : found;
  }
}
