package io.assay.quality.profile;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * What the values of one column look like.
 *
 * @param present how many rows have a value
 * @param distinct how many different values there are
 * @param minimum the least value as text; empty without values, and for types without an order that
 *     people would look for: texts, booleans, nested types
 * @param maximum the greatest value, likewise
 * @param lengths of texts; empty for other types and without values
 * @param numbers of numeric columns with at least one finite value
 * @param values every value with its frequency, the most frequent first; empty where there are more
 *     than {@link Profiler#FEW}
 * @param buckets ranges of equal width with their frequencies, of numeric columns whose values are
 *     too many to be counted one by one
 * @param suggestions rules that these values keep; none of them is more than a guess
 */
public record ColumnProfile(
    String name,
    DataType type,
    long present,
    Distinct distinct,
    Optional<String> minimum,
    Optional<String> maximum,
    Optional<Lengths> lengths,
    Optional<Numbers> numbers,
    List<ValueCount> values,
    List<Bucket> buckets,
    List<Suggestion> suggestions) {

  public ColumnProfile {
    values = List.copyOf(values);
    buckets = List.copyOf(buckets);
    suggestions = List.copyOf(suggestions);
  }

  /**
   * A number of different values.
   *
   * @param exact whether they were counted; else the number is estimated, within five in a hundred
   */
  public record Distinct(long count, boolean exact) {}

  /** The shortest and the longest text, in characters. */
  public record Lengths(long shortest, long longest) {}

  /**
   * How numbers are spread.
   *
   * @param quantiles one for each of {@link Profiler#QUANTILES}, estimated
   */
  public record Numbers(double mean, double deviation, long zeros, List<Double> quantiles) {
    public Numbers {
      quantiles = List.copyOf(quantiles);
    }
  }

  /** A value as text, and how many rows have it. */
  public record ValueCount(String value, long rows) {}

  /** How many rows have a value from {@code from} to before {@code to}; the last has both. */
  public record Bucket(double from, double to, long rows) {}

  /** Whether a suggestion of this kind was made. */
  public boolean suggests(Class<? extends Suggestion> kind) {
    return suggestions.stream().anyMatch(kind::isInstance);
  }
}
