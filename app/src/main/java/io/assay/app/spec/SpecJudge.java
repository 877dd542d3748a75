package io.assay.app.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.plan.TableShapes;
import io.assay.app.spec.SpecCase.ExpectedRows;
import io.assay.batch.Hold;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares what a case expects with what its jobs did. */
final class SpecJudge {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SpecCase specCase;
  private final TableShapes shapes;
  private final SpecTables tables;

  SpecJudge(SpecCase specCase, TableShapes shapes, SpecTables tables) {
    this.specCase = specCase;
    this.shapes = shapes;
    this.tables = tables;
  }

  /** Every difference; a failure or a hold that was not expected comes first, and alone. */
  List<String> differences(SpecOutcomes outcomes) {
    List<String> differences = new ArrayList<>();
    new TreeMap<>(outcomes.failures())
        .forEach((job, message) -> differences.add(job + " failed: " + message));
    new TreeMap<>(outcomes.holds()).forEach((job, holds) -> hold(job, holds, differences));
    specCase
        .held()
        .forEach(
            (job, rules) -> {
              if (!outcomes.holds().containsKey(job)) {
                differences.add(
                    job + " should be held by " + String.join(", ", rules) + ", but it is not");
              }
            });
    if (!differences.isEmpty()) {
      return differences;
    }
    specCase.expected().forEach((table, rows) -> rows(table, rows, differences));
    specCase.account().forEach((job, terms) -> account(job, terms, outcomes, differences));
    return differences;
  }

  private void hold(TableName job, List<Hold> holds, List<String> differences) {
    List<String> expected = specCase.held().getOrDefault(job, List.of());
    List<String> found = holds.stream().map(Hold::rule).sorted().toList();
    if (!found.equals(expected)) {
      differences.add(
          job
              + " is held"
              + (expected.isEmpty() ? "" : ", but not (only) by " + String.join(", ", expected))
              + ":"
              + holds.stream()
                  .map(hold -> System.lineSeparator() + "  " + hold.rule() + ": " + hold.message())
                  .collect(Collectors.joining()));
    }
  }

  private void rows(TableName table, ExpectedRows expected, List<String> differences) {
    new RowDifference(expected.columns(), shapes.key(table))
        .of(table, expected, tables.read(table, expected.columns()))
        .ifPresent(differences::add);
  }

  private static void account(
      TableName job, Map<String, Long> expected, SpecOutcomes outcomes, List<String> differences) {
    JsonNode found = JSON.valueToTree(outcomes.account(job));
    List<String> wrong =
        expected.entrySet().stream()
            .filter(term -> found.path(term.getKey()).asLong() != term.getValue())
            .map(
                term ->
                    "%s is %d, not %d"
                        .formatted(
                            term.getKey(), found.path(term.getKey()).asLong(), term.getValue()))
            .toList();
    if (!wrong.isEmpty()) {
      differences.add("account of " + job + ": " + String.join(", ", wrong));
    }
  }
}
