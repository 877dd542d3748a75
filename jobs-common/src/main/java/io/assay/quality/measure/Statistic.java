package io.assay.quality.measure;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.ApproxCountDistinct;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Correlation;
import com.amazon.deequ.analyzers.Distinctness;
import com.amazon.deequ.analyzers.Entropy;
import com.amazon.deequ.analyzers.MaxLength;
import com.amazon.deequ.analyzers.Maximum;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.MinLength;
import com.amazon.deequ.analyzers.Minimum;
import com.amazon.deequ.analyzers.MutualInformation;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Sum;
import com.amazon.deequ.analyzers.Uniqueness;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import scala.Option;
import scala.collection.Seq;

/**
 * One number about the values of one or more columns, as Deequ defines it. Nulls are left out of
 * all but the completeness; rows that are null in each of the columns are left out of what groups
 * rows.
 */
public enum Statistic {
  /** The share of rows with a value. */
  COMPLETENESS(
      Range.SHARE,
      // Deequ refuses nested columns, of which it would only ask whether they are null.
      value -> when(value.isNotNull(), lit(true)),
      inputs -> Completeness.apply(inputs.head(), Option.empty(), Option.empty())),
  /** The share of rows whose combination of values occurs once. */
  UNIQUENESS(Range.SHARE, inputs -> Uniqueness.apply(inputs, Option.empty(), Option.empty())),
  /** The number of different combinations by the number of rows. */
  DISTINCTNESS(Range.SHARE, inputs -> Distinctness.apply(inputs, Option.empty())),
  /** Minus the sum of p * ln(p) over the shares p of the values. */
  ENTROPY(Range.COUNT, inputs -> Entropy.apply(inputs.head(), Option.empty())),
  /** The sum of p(x,y) * ln(p(x,y) / (p(x) * p(y))) over the pairs without a null. */
  MUTUAL_INFORMATION(Range.ANY, inputs -> MutualInformation.apply(inputs, Option.empty())),
  /** The number of different values, by HyperLogLog++ with a relative error of about 5 %. */
  APPROXIMATE_DISTINCT_VALUES(
      Range.COUNT, inputs -> ApproxCountDistinct.apply(inputs.head(), Option.empty())),
  MINIMUM(
      Range.ANY,
      // Spark has NaN above any number, and Deequ, where it merges states, below.
      value -> when(not(isnan(value)), value),
      inputs -> Minimum.apply(inputs.head(), Option.empty(), Option.empty())),
  MAXIMUM(Range.ANY, inputs -> Maximum.apply(inputs.head(), Option.empty(), Option.empty())),
  MEAN(Range.ANY, inputs -> Mean.apply(inputs.head(), Option.empty())),
  SUM(Range.ANY, inputs -> Sum.apply(inputs.head(), Option.empty())),
  /** Of the whole population: the divisor is the number of values. */
  STANDARD_DEVIATION(Range.COUNT, inputs -> StandardDeviation.apply(inputs.head(), Option.empty())),
  /** Pearson's, over the rows that have both values. */
  CORRELATION(
      new Range(-1, 1),
      inputs -> Correlation.apply(inputs.head(), inputs.apply(1), Option.empty())),
  /** The length of the shortest text, in characters. */
  MINIMUM_LENGTH(
      Range.COUNT, inputs -> MinLength.apply(inputs.head(), Option.empty(), Option.empty())),
  /** The length of the longest text, in characters. */
  MAXIMUM_LENGTH(
      Range.COUNT, inputs -> MaxLength.apply(inputs.head(), Option.empty(), Option.empty()));

  private final Range range;
  private final UnaryOperator<Column> prepared;
  private final Function<Seq<String>, Analyzer<?, ?>> analyzer;

  Statistic(Range range, Function<Seq<String>, Analyzer<?, ?>> analyzer) {
    this(range, UnaryOperator.identity(), analyzer);
  }

  Statistic(
      Range range, UnaryOperator<Column> prepared, Function<Seq<String>, Analyzer<?, ?>> analyzer) {
    this.range = range;
    this.prepared = prepared;
    this.analyzer = analyzer;
  }

  /** The name of the metric. */
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where the number can lie. */
  Range range() {
    return range;
  }

  /** Whether rows are grouped by their values, so that all must be seen together. */
  boolean groups() {
    return switch (this) {
      case UNIQUENESS, DISTINCTNESS, ENTROPY, MUTUAL_INFORMATION -> true;
      case COMPLETENESS,
          APPROXIMATE_DISTINCT_VALUES,
          MINIMUM,
          MAXIMUM,
          MEAN,
          SUM,
          STANDARD_DEVIATION,
          CORRELATION,
          MINIMUM_LENGTH,
          MAXIMUM_LENGTH ->
          false;
    };
  }

  Column prepared(Column value) {
    return prepared.apply(value);
  }

  Analyzer<?, ?> analyzer(Seq<String> inputs) {
    return analyzer.apply(inputs);
  }
}
