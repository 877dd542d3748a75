package io.assay.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobGraphTest {
  private static final Path ROOT = Path.of("project").toAbsolutePath();

  private final JobGraph shop =
      JobGraph.of(
          new TestProjects(ROOT)
              .files("orders")
              .files("items")
              .table("customers", "bronze.orders")
              .mart("sales", "silver.orders", "silver.items", "quarantine.items")
              .mart("loyalty", "silver.customers_history", "gold.sales", "ops.batches")
              .project());

  private static List<String> names(Collection<TableName> tables) {
    return tables.stream().map(TableName::toString).toList();
  }

  @Test
  void everyDatasetAndMartIsAJobAndOneLandingCanFeedSeveralTables() {
    assertThat(names(shop.jobs()))
        .containsExactly(
            "bronze.items",
            "bronze.orders",
            "silver.customers",
            "silver.items",
            "silver.orders",
            "gold.loyalty",
            "gold.sales");
    assertThat(names(shop.upstream().get(TableName.silver("customers"))))
        .containsExactly("bronze.orders");
  }

  @Test
  void aHistoryOrAQuarantineIsWrittenByItsDatasetsJob() {
    assertThat(names(shop.upstream().get(TableName.gold("loyalty"))))
        .containsExactly("silver.customers", "gold.sales");
    assertThat(names(shop.upstream().get(TableName.gold("sales"))))
        .containsExactly("silver.items", "silver.orders");
  }

  @Test
  void jobsComeAfterAllThatTheyReadFrom() {
    assertThat(names(shop.order(shop.jobs())))
        .containsExactly(
            "bronze.items",
            "bronze.orders",
            "silver.customers",
            "silver.items",
            "silver.orders",
            "gold.sales",
            "gold.loyalty");
  }

  @Test
  void selectorsNameOneOrSeveralWithWhatIsAboveAndBelow() {
    assertSelected("silver.orders", "silver.orders");
    assertSelected("+silver.customers", "bronze.orders", "silver.customers");
    assertSelected("silver.items+", "silver.items", "gold.sales", "gold.loyalty");
    assertSelected(
        "+gold.sales",
        "bronze.items",
        "bronze.orders",
        "silver.items",
        "silver.orders",
        "gold.sales");
    assertSelected("bronze.*", "bronze.items", "bronze.orders");
    assertThat(names(shop.order(Selectors.select(shop, List.of("gold.sales", "bronze.items")))))
        .containsExactly("bronze.items", "gold.sales");
    assertThat(Selectors.select(shop, List.of())).hasSize(7);
  }

  @Test
  void anUnknownSelectorIsAUsageErrorThatNamesTheNearestJob() {
    assertThatThrownBy(() -> Selectors.select(shop, List.of("+silver.order")))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("'silver.order'")
        .hasMessageContaining("did you mean 'silver.orders'");
  }

  @Test
  void martsThatReadEachOtherAreRefused() {
    TestProjects circle = new TestProjects(ROOT).mart("a", "gold.b").mart("b", "gold.a");
    assertThatThrownBy(() -> JobGraph.of(circle.project()))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("gold.a, gold.b");
  }

  @Test
  void aTableIsMadeAfterThoseThatItsRulesLookAt() {
    TestProjects looking = new TestProjects(ROOT).files("a").files("b").lookUp("a", "silver.b");
    assertThat(names(JobGraph.of(looking.project()).upstream().get(TableName.silver("a"))))
        .containsExactly("bronze.a", "silver.b");

    TestProjects circle = looking.lookUp("b", "silver.a");
    assertThatThrownBy(() -> JobGraph.of(circle.project()))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("silver.a, silver.b");
  }

  private void assertSelected(String selector, String... expected) {
    assertThat(names(shop.order(Selectors.select(shop, List.of(selector)))))
        .containsExactly(expected);
  }
}
