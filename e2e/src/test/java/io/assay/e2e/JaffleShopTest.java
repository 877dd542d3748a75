package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** dbt's classic example as a project of Assay. */
class JaffleShopTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("assay.root"), "examples/jaffle-shop");

  /**
   * What dbt's project has: {@code dbt_project.yml} and everything below {@code models} but {@code
   * overview.md}, at commit fd7bfac of dbt-labs/jaffle-shop-classic.
   */
  private static final long LINES_OF_DBT = 245;

  private static final long CHARACTERS_OF_DBT = 5_197;

  @Test
  void theMartsGiveTheTotalsOfTheFiles(@TempDir Path warehouse) {
    Path data = SharedData.orAbort("jaffle-shop");
    ProjectRun run =
        new ProjectRun(
            TestSpark.session(),
            ProjectRun.project(EXAMPLE, warehouse, Map.of("JAFFLE_DATA", data.toString())));

    ProjectRun.assertSucceeded(run.run());

    assertThat(
            totals(
                run,
                "orders",
                "sum(amount)",
                "sum(credit_card_amount)",
                "sum(bank_transfer_amount)",
                "sum(gift_card_amount)",
                "sum(coupon_amount)"))
        .containsExactly("1672.00 871.00 411.00 205.00 185.00");
    assertThat(
            ProjectRun.lines(
                run.read(TableName.gold("orders")).groupBy("status").count(), "status", "count"))
        .containsExactly(
            "completed 67", "placed 13", "return_pending 2", "returned 4", "shipped 13");
    assertThat(
            totals(
                run,
                "customers",
                "count(*)",
                "count_if(number_of_orders > 0)",
                "sum(number_of_orders)",
                "count(first_order)",
                "count(most_recent_order)",
                "count(customer_lifetime_value)",
                "sum(customer_lifetime_value)"))
        .containsExactly("100 62 99 62 62 62 1672.00");
    assertThat(run.discrepancies()).isEmpty();
  }

  @Test
  void theProjectIsNoLongerThanDbts() throws IOException {
    long lines = 0;
    long characters = 0;
    for (String text : texts()) {
      lines += text.lines().filter(line -> !line.isBlank()).count();
      characters += text.codePoints().filter(point -> !Character.isWhitespace(point)).count();
    }

    assertThat(lines).isBetween(1L, LINES_OF_DBT);
    assertThat(characters).isBetween(1L, CHARACTERS_OF_DBT);
    assertThat(Files.readString(EXAMPLE.resolve("README.md")))
        .contains("| Assay | %d | %,d |".formatted(lines, characters))
        .contains("| dbt | %d | %,d |".formatted(LINES_OF_DBT, CHARACTERS_OF_DBT));
  }

  private static List<String> totals(ProjectRun run, String mart, String... sums) {
    return ProjectRun.lines(run.read(TableName.gold(mart)), sums);
  }

  /** All that the project needs to run. */
  private static List<String> texts() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(EXAMPLE.resolve("README.md")))
          .filter(file -> !file.startsWith(EXAMPLE.resolve("tests")))
          .map(JaffleShopTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
