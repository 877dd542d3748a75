package io.assay.quality.anomaly;

import com.amazon.deequ.anomalydetection.AbsoluteChangeStrategy;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import java.util.Optional;
import java.util.stream.DoubleStream;
import scala.Option;

/** Deequ's strategy where it is right on known series, and ours where it is not. */
final class Strategies {
  private Strategies() {}

  static AnomalyDetectionStrategy of(Deviation.Kind kind, Bounds bounds) {
    return switch (kind) {
      case ABSOLUTE_CHANGE ->
          AbsoluteChangeStrategy.apply(option(bounds.lower()), option(bounds.upper()), 1);
      case RELATIVE_CHANGE -> new ScoreStrategy(Strategies::relativeChange, bounds);
      case Z_SCORE -> new ScoreStrategy(Strategies::zScore, bounds);
      case INTERQUARTILE_RANGE -> new ScoreStrategy(Strategies::quartileScore, bounds);
    };
  }

  private static double relativeChange(double[] before, double value) {
    double last = before[before.length - 1];
    return ratio(value - last, Math.abs(last));
  }

  private static double zScore(double[] before, double value) {
    double mean = 0;
    for (int i = 0; i < before.length; i++) {
      // Unlike a sum, this is exact for values that never change.
      mean += (before[i] - mean) / (i + 1);
    }
    double squares = 0;
    for (double known : before) {
      squares += (known - mean) * (known - mean);
    }
    return ratio(value - mean, Math.sqrt(squares / (before.length - 1)));
  }

  private static double quartileScore(double[] before, double value) {
    double[] sorted = DoubleStream.of(before).sorted().toArray();
    double first = quantile(sorted, 0.25);
    double third = quantile(sorted, 0.75);
    double outside = value > third ? value - third : Math.min(0, value - first);
    return ratio(outside, third - first);
  }

  /**
   * No distance is 0 in any unit, and any distance is infinite where the unit is 0. A unit that
   * overflowed tells nothing: in it, all but infinite distances would be 0.
   */
  private static double ratio(double distance, double unit) {
    if (distance == 0) {
      return 0;
    }
    return Double.isInfinite(unit) ? Double.NaN : distance / unit;
  }

  /** Between two values in proportion. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static Option<Object> option(Optional<Double> bound) {
    return Option.apply((Object) bound.orElse(null));
  }
}
