package io.assay.quality.anomaly;

import com.amazon.deequ.anomalydetection.Anomaly;
import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Vector;

/**
 * Scores each value against all values before it, which are not empty, and bounds the score. A
 * score that is not a number, since its computation overflowed, is beyond any bounds.
 *
 * @param score of the values before, oldest first, and the value
 */
record ScoreStrategy(ToDoubleBiFunction<double[], Double> score, Bounds bounds)
    implements AnomalyDetectionStrategy {

  @Override
  public Seq<Tuple2<Object, Anomaly>> detect(
      Vector<Object> series, Tuple2<Object, Object> interval) {
    double[] values =
        JavaConverters.seqAsJavaList(series).stream().mapToDouble(Double.class::cast).toArray();
    int start = Math.max(1, (Integer) interval._1());
    int end = Math.min(values.length, (Integer) interval._2());
    List<Tuple2<Object, Anomaly>> anomalies = new ArrayList<>();
    for (int i = start; i < end; i++) {
      double scored = score.applyAsDouble(Arrays.copyOf(values, i), values[i]);
      if (Double.isNaN(scored)
          || scored < bounds.lower().orElse(Double.NEGATIVE_INFINITY)
          || scored > bounds.upper().orElse(Double.POSITIVE_INFINITY)) {
        anomalies.add(
            new Tuple2<>(
                i, Anomaly.apply(Option.apply(values[i]), 1, Option.apply("score " + scored))));
      }
    }
    return JavaConverters.asScalaBuffer(anomalies).toSeq();
  }
}
