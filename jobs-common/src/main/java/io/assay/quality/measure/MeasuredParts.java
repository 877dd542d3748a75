package io.assay.quality.measure;

import io.assay.quality.measure.Measure.Aggregate;
import io.assay.quality.measure.Measure.Duplicates;
import io.assay.quality.measure.Measure.Quantile;
import io.assay.quality.measure.Measure.References;
import io.assay.quality.measure.Measure.SqlScalar;
import java.util.Optional;

/** Which measures can be taken of parts of the rows, and merged to that of all. */
public final class MeasuredParts {
  private static final String GROUPED =
      "which values come again is told only by a list of them, and that grows with the table";

  private MeasuredParts() {}

  /** Why all rows must be seen together to measure this; empty if they need not. */
  public static Optional<String> objection(Measure measure) {
    if (measure instanceof Duplicates
        || (measure instanceof Aggregate aggregate && aggregate.statistic().groups())) {
      return Optional.of(GROUPED);
    } else if (measure instanceof Quantile quantile && quantile.relativeError().isEmpty()) {
      return Optional.of("an exact quantile needs every value; name hasApproxQuantile");
    } else if (measure instanceof References references) {
      return Optional.of(
          references.table() + " may have changed since earlier rows were compared with it");
    } else if (measure instanceof SqlScalar) {
      return Optional.of("a query's answers for two parts do not tell the one for both");
    }
    return Optional.empty();
  }
}
