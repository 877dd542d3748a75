package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import java.util.Optional;

/**
 * What a rule judges.
 *
 * @param name what it is called unless the contract names it
 * @param row the condition on one row; empty if only a batch can be judged
 * @param measure the same on a batch
 * @param deviation how that is compared with earlier batches; empty if it is not
 */
record Judgement(
    String name,
    Optional<String> row,
    Measure measure,
    Threshold threshold,
    Optional<String> dimension,
    String description,
    Optional<Deviation> deviation) {

  /** None of a batch's rows. */
  static final Threshold NONE = new Threshold(Threshold.Operator.MUST_BE, 0, Optional.empty());

  /** What judges a value by itself. */
  Judgement(
      String name,
      Optional<String> row,
      Measure measure,
      Threshold threshold,
      Optional<String> dimension,
      String description) {
    this(name, row, measure, threshold, dimension, description, Optional.empty());
  }
}
