package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules on the whole table, where they can be and where not. */
class TableRuleCheckTest {
  private static final String RULE =
      """
          quality:
            - type: library
              metric: rowCount
              name: in_all
              mustBeLessThan: 1000
              customProperties: [{property: 'on', value: table}]
      """;

  @TempDir Path folder;

  private ProjectFolder project(String contract, String name) {
    return ProjectFolder.sound(folder).write(contract, ProjectFolder.contract(name) + RULE);
  }

  @Test
  void aTableThatRowsAreAppendedToIsJudgedAsAWhole() {
    assertThat(project("datasets/order_log/contract.odcs.yaml", "order_log").problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          datasets/sales/orders/contract.odcs.yaml | orders | rule in_all: a rule on the table adds rows to those that are known, and with history.keep: scd2 rows change later
          marts/order_counts/contract.odcs.yaml | order_counts | rule in_all: a mart is written anew
          """)
  void aTableWhoseRowsChangeIsNot(String contract, String name, String message) {
    assertThat(project(contract, name).problems())
        .singleElement()
        .asString()
        .contains(contract)
        .contains(message);
  }
}
