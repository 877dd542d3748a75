package io.assay.quality.profile;

import com.amazon.deequ.analyzers.DataTypeInstances;
import com.amazon.deequ.analyzers.Histogram;
import com.amazon.deequ.metrics.DistributionValue;
import com.amazon.deequ.profiles.NumericColumnProfile;
import com.amazon.deequ.suggestions.ConstraintSuggestion;
import com.amazon.deequ.suggestions.ConstraintSuggestionResult;
import com.amazon.deequ.suggestions.ConstraintSuggestionRunBuilder;
import com.amazon.deequ.suggestions.ConstraintSuggestionRunner;
import com.amazon.deequ.suggestions.rules.CategoricalRangeRule;
import com.amazon.deequ.suggestions.rules.CompleteIfCompleteRule;
import com.amazon.deequ.suggestions.rules.NonNegativeNumbersRule;
import com.amazon.deequ.suggestions.rules.RetainCompletenessRule;
import com.amazon.deequ.suggestions.rules.UniqueIfApproximatelyUniqueRule;
import com.amazon.deequ.suggestions.rules.interval.ConfidenceIntervalStrategy;
import com.amazon.deequ.suggestions.rules.interval.WilsonScoreIntervalStrategy;
import io.assay.quality.profile.ColumnProfile.ValueCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import scala.Enumeration;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Deequ's column profiles and suggested constraints, in its three scans, as values of our own.
 *
 * <p>What its sources show, and what follows from it: of types that it does not know it prints a
 * line to standard out, and what types strings hold it tells by a looser rule than our casts. So it
 * is given long, double, boolean and string columns only, under names of ours, and their types are
 * told beforehand. It fails on no rows at all. In its histograms a null is the word {@code
 * NullValue}, and doubles are texts that Java writes.
 */
final class DeequProfiles {
  private static final double CONFIDENCE = 0.95;
  private static final ConfidenceIntervalStrategy INTERVAL = new WilsonScoreIntervalStrategy();

  private final ConstraintSuggestionResult result;

  /**
   * Profiles rows, of which there must be some.
   *
   * @param rows columns of type long, double, boolean and string, with plain names
   * @param few up to how many values are counted one by one
   */
  DeequProfiles(Dataset<Row> rows, int few) {
    ConstraintSuggestionRunBuilder builder =
        new ConstraintSuggestionRunner()
            .onData(rows)
            .withLowCardinalityHistogramThreshold(few)
            .setPredefinedTypes(types(rows));
    builder.addConstraintRule(new CompleteIfCompleteRule());
    builder.addConstraintRule(new RetainCompletenessRule(0, 1, INTERVAL));
    builder.addConstraintRule(CategoricalRangeRule.apply(CategoricalRangeRule.apply$default$1()));
    builder.addConstraintRule(new NonNegativeNumbersRule());
    builder.addConstraintRule(new UniqueIfApproximatelyUniqueRule());
    result = builder.run();
  }

  /** About how many different values a column has. */
  long distinct(String column) {
    return profile(column).approximateNumDistinctValues();
  }

  /** Every value and its frequency, the most frequent first; empty if there are too many. */
  Optional<List<ValueCount>> values(String column) {
    return option(profile(column).histogram())
        .map(
            histogram -> {
              List<ValueCount> values = new ArrayList<>();
              Map<String, DistributionValue> counts =
                  JavaConverters.mapAsJavaMap(histogram.values());
              counts.forEach(
                  (value, count) -> {
                    if (!value.equals(Histogram.NullFieldReplacement())) {
                      values.add(new ValueCount(value, count.absolute()));
                    }
                  });
              values.sort(
                  Comparator.comparingLong(ValueCount::rows)
                      .reversed()
                      .thenComparing(ValueCount::value));
              return values;
            });
  }

  OptionalDouble mean(String column) {
    return numeric(column).map(profile -> number(profile.mean())).orElse(OptionalDouble.empty());
  }

  OptionalDouble deviation(String column) {
    return numeric(column).map(profile -> number(profile.stdDev())).orElse(OptionalDouble.empty());
  }

  /** What Deequ suggests; that a column is unique is only likely. */
  List<Suggestion> suggestions(String column) {
    Option<Seq<ConstraintSuggestion>> found = result.constraintSuggestions().get(column);
    List<Suggestion> suggestions = new ArrayList<>();
    if (found.isDefined()) {
      JavaConverters.seqAsJavaList(found.get())
          .forEach(each -> suggestion(column, each).ifPresent(suggestions::add));
    }
    return suggestions;
  }

  private Optional<Suggestion> suggestion(String column, ConstraintSuggestion suggested) {
    Object rule = suggested.suggestingRule();
    if (rule instanceof CompleteIfCompleteRule) {
      return Optional.of(new Suggestion.Complete());
    }
    if (rule instanceof RetainCompletenessRule) {
      double share =
          INTERVAL
              .calculateTargetConfidenceInterval(
                  profile(column).completeness(), result.numRecordsUsedForProfiling(), CONFIDENCE)
              .lowerBound();
      return Optional.of(new Suggestion.MostlyComplete(share));
    }
    if (rule instanceof UniqueIfApproximatelyUniqueRule) {
      return Optional.of(new Suggestion.Unique());
    }
    if (rule instanceof NonNegativeNumbersRule) {
      return Optional.of(new Suggestion.NonNegative());
    }
    return values(column)
        .filter(values -> !values.isEmpty())
        .map(values -> new Suggestion.Among(values.stream().map(ValueCount::value).toList()));
  }

  private com.amazon.deequ.profiles.ColumnProfile profile(String column) {
    return result.columnProfiles().apply(column);
  }

  private Optional<NumericColumnProfile> numeric(String column) {
    return profile(column) instanceof NumericColumnProfile numeric
        ? Optional.of(numeric)
        : Optional.empty();
  }

  private static OptionalDouble number(Option<Object> value) {
    return value.isDefined() ? OptionalDouble.of((Double) value.get()) : OptionalDouble.empty();
  }

  private static <T> Optional<T> option(Option<T> value) {
    return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
  }

  private static scala.collection.immutable.Map<String, Enumeration.Value> types(
      Dataset<Row> rows) {
    scala.collection.immutable.Map<String, Enumeration.Value> types =
        scala.collection.immutable.Map$.MODULE$.empty();
    for (String name : rows.columns()) {
      types = types.updated(name, type(rows.schema().apply(name).dataType()));
    }
    return types;
  }

  private static Enumeration.Value type(DataType type) {
    if (type instanceof LongType) {
      return DataTypeInstances.Integral();
    }
    if (type instanceof DoubleType) {
      return DataTypeInstances.Fractional();
    }
    return type instanceof BooleanType ? DataTypeInstances.Boolean() : DataTypeInstances.String();
  }
}
