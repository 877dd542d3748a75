package io.assay.bench.quality;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked of one batch. */
enum Scenario {
  /** Types only. The bad rows are there, and nobody sees them. */
  UNCHECKED("types only", false, false),
  /** Rules on rows and rules on the batch that can share a scan; one row in 2,500 is bad. */
  CHECKED("15 row rules, 10 batch rules, 0.04 % bad", true, false),
  /** The same, and a rule that groups the rows by a column; nine rows in a hundred are bad. */
  UNIQUE("the same and a rule on uniqueness, 9 % bad", true, true);

  private final String label;
  private final boolean rules;
  private final boolean unique;

  Scenario(String label, boolean rules, boolean unique) {
    this.label = label;
    this.rules = rules;
    this.unique = unique;
  }

  static Scenario of(String name) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scenario is called %s; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Scenario::id)
                                .collect(Collectors.joining(", ")))));
  }

  String label() {
    return label;
  }

  /** A name for files and options. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether rows and the batch are judged by {@link OrderRules}. */
  boolean rules() {
    return rules;
  }

  /** Whether the key must be unique. */
  boolean unique() {
    return unique;
  }

  /** How many of the rows break a rule. */
  long bad(long rows) {
    return unique ? rows * 9 / 100 : rows / 2_500;
  }
}
