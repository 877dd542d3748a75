package io.assay.quality.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.deequ.anomalydetection.AnomalyDetectionStrategy;
import com.amazon.deequ.anomalydetection.BatchNormalStrategy;
import com.amazon.deequ.anomalydetection.OnlineNormalStrategy;
import com.amazon.deequ.anomalydetection.RelativeRateOfChangeStrategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Known series: which next value is refused. The last are those of docs/how-to/compare-batches.md.
 */
class StrategiesTest {
  private static final String CONSTANT = "100 100 100 100 100 100 100";

  /** Each row: a kind, its bounds, the values before, those that pass and those that do not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          ABSOLUTE_CHANGE     | -10  | 10   | 7 100               | 90 100 110        | 89.9 110.1
          ABSOLUTE_CHANGE     | none | 10   | -5                  | -99 5             | 5.1
          ABSOLUTE_CHANGE     | 1    | none | 100                 | 101 999           | 100 1
          RELATIVE_CHANGE     | -0.5 | 0.5  | 7 100               | 50 100 150        | 49.9 150.1
          RELATIVE_CHANGE     | -0.5 | 0.5  | 0                   | 0                 | 0.1 -0.1
          RELATIVE_CHANGE     | -0.5 | none | 0                   | 0 5               | -0.1
          RELATIVE_CHANGE     | -0.5 | 0.5  | -10                 | -5 -15            | -20 -4 10
          Z_SCORE             | -3   | 3    | 2 4 4 4 5 5 7 9     | -1.4 5 11.4       | -1.5 11.5
          Z_SCORE             | none | 3    | 2 4 4 4 5 5 7 9     | -99 11.4          | 11.5
          Z_SCORE             | -0.5 | 0.5  | 0.1 0.1 0.1         | 0.1               | 0.11 0.09
          Z_SCORE             | none | 3    | 100 100 100 100     | 1 100             | 100.1
          INTERQUARTILE_RANGE | -1.5 | 1.5  | 5 1 4 2 3           | -1 3 7            | -1.1 7.1
          INTERQUARTILE_RANGE | none | 1.5  | 5 1 4 2 3           | -99 7             | 7.1
          INTERQUARTILE_RANGE | -1.5 | 1.5  | 5 5 5 5             | 5                 | 4.9 5.1
          INTERQUARTILE_RANGE | -1.5 | 1.5  | 10 11 12 13 900     | 10 16             | 16.1 5
          Z_SCORE             | -3   | 3    | -1e155 1e155        | 0                 | 1 1e200 -1e308
          INTERQUARTILE_RANGE | -9   | none | -1e308 -1e308 1e308 1e308 | 0 1e308     | 1.5e308 -1.5e308
          ABSOLUTE_CHANGE     | -20  | 20   | 98 102 100 101 99 103 97 | 117 77       | 120 76
          RELATIVE_CHANGE     | -0.2 | 0.2  | 98 102 100 101 99 103 97 | 116 78       | 120 77
          Z_SCORE             | -3   | 3    | 98 102 100 101 99 103 97 | 94 106       | 93 107 120
          Z_SCORE             | -3   | 3    | 98 102 300 101 99 103 97 | 120 -98 355  | -99 356
          INTERQUARTILE_RANGE | -1.5 | 1.5  | 98 102 100 101 99 103 97 | 94 106       | 93 107 120
          INTERQUARTILE_RANGE | -1.5 | 1.5  | 98 102 300 101 99 103 97 | 93 108       | 92 109 120
          """)
  void aValueBeyondTheBoundsIsRefused(
      Deviation.Kind kind,
      Double lower,
      Double upper,
      String before,
      String passing,
      String refused) {
    Bounds bounds = new Bounds(Optional.ofNullable(lower), Optional.ofNullable(upper));
    Baseline baseline = new Baseline(numbers(before));

    assertThat(numbers(passing)).noneMatch(value -> baseline.refuses(value, kind, bounds));
    assertThat(numbers(refused)).allMatch(value -> baseline.refuses(value, kind, bounds));
  }

  /** Why these are ours; the day on which one of them fails, Deequ's can be used. */
  @Test
  void deequsOwnAreWrongOnKnownSeries() {
    // One is no usual value after seven times 100.
    assertThat(finds(new OnlineNormalStrategy(some(3), some(3), 0.1, true), CONSTANT + " 1"))
        .isFalse();
    // Only rises are bounded, and this is a fall.
    assertThat(finds(new BatchNormalStrategy(Option.empty(), some(3), false), CONSTANT + " 1"))
        .isTrue();
    assertThat(finds(new RelativeRateOfChangeStrategy(Option.empty(), some(1.5), 1), "-10 -20"))
        .isTrue();
  }

  /** Whether the last value is found. */
  private static boolean finds(AnomalyDetectionStrategy strategy, String series) {
    List<Object> values = List.copyOf(numbers(series));
    return strategy
        .detect(
            JavaConverters.asScalaBuffer(values).toVector(),
            new Tuple2<>(values.size() - 1, values.size()))
        .nonEmpty();
  }

  private static Option<Object> some(double value) {
    return Option.apply(value);
  }

  private static List<Double> numbers(String text) {
    return Stream.of(text.split(" ")).map(Double::valueOf).toList();
  }
}
