package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.document.Problems;
import io.assay.sql.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Contracts with rules of {@code engine: deequ}, read from text. */
final class WrittenContract {
  /** The beginning of a contract, up to its table's name. */
  static final String HEAD =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: t
      version: 1.0.0
      status: active
      schema:
        - name: t
      """;

  private static final Map<String, SqlFunction> FUNCTIONS =
      Map.of("small", new SqlFunction("small", List.of("n"), "n < 7"));

  private WrittenContract() {}

  /** The first part of each line. */
  static List<String> implementations(String cases) {
    return cases.lines().map(line -> line.substring(0, line.lastIndexOf(" | "))).toList();
  }

  /** A contract with these constraints as rules of its table, each with the same consequence. */
  static Contract of(String columns, List<String> implementations, String onFailure) {
    return of(
        columns
            + implementations.stream()
                .map(
                    rule ->
                        """
                              - type: custom
                                engine: deequ
                                implementation: {%s}
                                customProperties: [{property: onFailure, value: %s}]
                        """
                            .formatted(rule, onFailure))
                .collect(Collectors.joining()));
  }

  /** A contract whose table has these columns and rules. */
  static Contract of(String table) {
    Problems problems = new Problems();
    Contract contract =
        new ContractLoader(problems, FUNCTIONS).load("c.yaml", HEAD + table, "t").orElseThrow();
    assertThat(problems.all()).isEmpty();
    return contract;
  }
}
