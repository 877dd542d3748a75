package io.assay.bench.freshness;

import io.assay.table.TableName;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What is kept of the events, and how they are judged. */
enum Scenario {
  /** Every event is a row; rules judge each by itself. */
  ROWS(
      "rows",
      "keep: none, row rules",
      EventProject.SILVER.name(),
      Duration.ofSeconds(4),
      """
      history: {keep: none}
      """,
      """
          quality:
          - {name: amount_positive, type: sql, query: 'amount > 0', mustBe: true}
          - {name: status_known, type: sql, query: 'status in (''open'', ''paid'', ''sent'')', mustBe: true}
      """),

  /** The history of every account; rules judge each batch as a whole. */
  HISTORY(
      "history",
      "scd2, batch rules",
      TableName.history(EventProject.NAME).name(),
      Duration.ofSeconds(10),
      """
      history: {keep: scd2, sequence: [event_id], valid_time: sent_at}
      """,
      """
          quality:
          - {name: amount_complete, type: custom, engine: deequ, implementation: {constraint: isComplete, column: amount}}
          - {name: amount_plausible, type: custom, engine: deequ, implementation: {constraint: hasMean, column: amount, mustBeLessThan: 1000000}}
      """);

  private final String key;
  private final String label;
  private final String table;
  private final Duration aim;
  private final String history;
  private final String rules;

  Scenario(String key, String label, String table, Duration aim, String history, String rules) {
    this.key = key;
    this.label = label;
    this.table = table;
    this.aim = aim;
    this.history = history;
    this.rules = rules;
  }

  /** As the command line names it. */
  static Scenario of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no scenario '%s'; there are %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(each -> each.key)
                                .collect(Collectors.joining(", ")))));
  }

  String key() {
    return key;
  }

  /** For people. */
  String label() {
    return label;
  }

  /** The stored table whose commit makes a batch readable. */
  String table() {
    return table;
  }

  /** What 95 of 100 events should not take longer than. */
  Duration aim() {
    return aim;
  }

  /** A part of pipeline.yaml. */
  String history() {
    return history;
  }

  /** A part of the contract. */
  String rules() {
    return rules;
  }
}
