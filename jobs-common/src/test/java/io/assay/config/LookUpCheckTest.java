package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that compare rows with another table of the project. */
class LookUpCheckTest {
  private static final String LOG = "datasets/order_log/contract.odcs.yaml";
  private static final String MART = "marts/order_counts/contract.odcs.yaml";

  @TempDir Path folder;

  private ProjectFolder project(String contract, String name, String implementation) {
    String rule =
        """
            quality:
              - type: custom
                engine: deequ
                name: known
                implementation: {constraint: hasReferentialIntegrity, %s}
        """
            .formatted(implementation);
    return ProjectFolder.sound(folder).write(contract, ProjectFolder.contract(name) + rule);
  }

  @Test
  void aTableOfTheProjectIsLookedUp() {
    Project project =
        project(LOG, "order_log", "column: id, references: silver.orders_history").load();

    assertThat(project.datasets().get("order_log").contract().lookUps())
        .containsExactly(TableName.history("orders"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          column: id, references: silver.order_log | a table cannot be looked up while it is written
          column: id, references: silver.order_log_history | a table cannot be looked up while it is written
          column: id, references: silver.ordres | there is no table silver.ordres; did you mean 'silver.orders'?
          column: id, references: gold.order_counts | marts come after silver.order_log
          column: id, references: silver.orders, referenced: idd | silver.orders has no column 'idd'; did you mean 'id'?
          column: id, references: silver.orders, referenced: status | id is bigint, and status of silver.orders is string
          column: id, references: bronze.orders | expected a table of silver or gold
          column: id | the key 'references' is missing
          columns: [id, status], references: silver.orders, referenced: id | name as many columns of silver.orders
          """)
  void whatCannotBeLookedUpIsAMistake(String implementation, String message) {
    assertThat(project(LOG, "order_log", implementation).problems())
        .singleElement()
        .asString()
        .contains(LOG)
        .contains(message);
  }

  @Test
  void aMartMayLookAtSilver() {
    assertThat(project(MART, "order_counts", "column: id, references: silver.orders").problems())
        .isEmpty();
  }
}
