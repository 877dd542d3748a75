package io.assay.quality.measure;

import io.assay.quality.measure.Measure.Age;
import io.assay.quality.measure.Measure.Aggregate;
import io.assay.quality.measure.Measure.Broken;
import io.assay.quality.measure.Measure.Compliance;
import io.assay.quality.measure.Measure.Duplicates;
import io.assay.quality.measure.Measure.Invalid;
import io.assay.quality.measure.Measure.Missing;
import io.assay.quality.measure.Measure.PatternMatch;
import io.assay.quality.measure.Measure.Quantile;
import io.assay.quality.measure.Measure.References;
import io.assay.quality.measure.Measure.RowCount;
import io.assay.quality.measure.Measure.SqlScalar;
import java.util.Optional;
import java.util.Set;

/**
 * Which measures can be taken of parts of the rows, and merged to that of all. One that is not
 * named here cannot: its states must be in {@link StateText} first.
 */
public final class MergeableMeasures {
  private static final Set<Class<? extends Measure>> ALWAYS =
      Set.of(
          RowCount.class,
          Missing.class,
          Invalid.class,
          Broken.class,
          Compliance.class,
          PatternMatch.class,
          Age.class);

  private MergeableMeasures() {}

  /** Why all rows must be seen together to measure this; empty if they need not. */
  public static Optional<String> objection(Measure measure) {
    return merges(measure) ? Optional.empty() : Optional.of(reason(measure));
  }

  private static boolean merges(Measure measure) {
    return ALWAYS.contains(measure.getClass())
        || (measure instanceof Aggregate aggregate && !aggregate.statistic().groups())
        || (measure instanceof Quantile quantile && quantile.relativeError().isPresent());
  }

  private static String reason(Measure measure) {
    if (measure instanceof Duplicates || measure instanceof Aggregate) {
      return "which values come again is told only by a list of them, and that grows with the table";
    } else if (measure instanceof Quantile) {
      return "an exact quantile needs every value; name hasApproxQuantile";
    } else if (measure instanceof References references) {
      return references.table() + " may have changed since earlier rows were compared with it";
    } else if (measure instanceof SqlScalar) {
      return "a query's answers for two parts do not tell the one for both";
    }
    return "its values for two parts do not tell the one for both";
  }
}
