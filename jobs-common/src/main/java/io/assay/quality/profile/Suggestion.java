package io.assay.quality.profile;

import java.util.List;

/**
 * A rule that the profiled rows keep, after Deequ's rules of suggestion. Whether later rows must
 * keep it, the rows cannot tell.
 */
public sealed interface Suggestion {

  /** No value is missing. */
  record Complete() implements Suggestion {}

  /**
   * Some values are missing.
   *
   * @param share the least share of rows with a value, 0 to 1: the lower end of the interval in
   *     which the true share lies with 95 % confidence, if the rows are a random sample
   */
  record MostlyComplete(double share) implements Suggestion {}

  /** No value occurs twice and none is missing; counted, not estimated. */
  record Unique() implements Suggestion {}

  /**
   * The same few values occur again and again.
   *
   * @param values all of them, the most frequent first
   */
  record Among(List<String> values) implements Suggestion {
    public Among {
      values = List.copyOf(values);
    }
  }

  /** No number is negative. */
  record NonNegative() implements Suggestion {}
}
