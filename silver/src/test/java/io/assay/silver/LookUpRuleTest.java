package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.OnFailure;
import io.assay.quality.measure.Measure;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that compare a batch with another table. */
class LookUpRuleTest {
  private static final TableName CUSTOMERS = TableName.bronze("customers");
  private static final TableName ORDERS = TableName.bronze("orders");

  @TempDir Path folder;

  private static CleanConfiguration customers() {
    return Configurations.of("customers")
        .column("id string key")
        .column("at int")
        .history(Histories.of(Keep.SCD2, "at").deleteWhen("op = 'D'").build())
        .build();
  }

  private static Configurations referring(String dataset) {
    BatchRule known =
        new BatchRule(
            "known",
            new Measure.References(
                List.of("customer"), TableName.silver("customers"), List.of("id")),
            new Threshold(Operator.MUST_BE, 1, Optional.empty()),
            Optional.empty(),
            OnFailure.HOLD,
            "");
    return Configurations.of(dataset).column("id int").column("customer string").batchRule(known);
  }

  @Test
  void aBatchWaitsForTheRowsThatItRefersToAndSeesThemAsTheyWereWhenItWasPlanned() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration orders = referring("orders").build();
    fixture.land(ORDERS, "a", "select * from values (1, 'a'), (2, 'b') as t(id, customer)");
    assertThat(fixture.run(orders).notes())
        .contains("known: expected referential integrity of customer 1, found 0");

    fixture.land(
        CUSTOMERS, "a", "select * from values ('a', 1, 'I'), ('b', 1, 'I') as t(id, at, op)");
    fixture.run(customers());
    assertThat(fixture.run(orders).outcome()).isEqualTo(Outcome.SUCCEEDED);

    try (BatchAttempt planned = fixture.firstBatch(referring("returns").sharing(ORDERS).build())) {
      fixture.land(CUSTOMERS, "b", "select 'b' id, 2 at, 'D' op");
      fixture.run(customers());
      assertThat(planned.stage().held()).isFalse();
    }

    fixture.land(ORDERS, "b", "select * from values (3, 'b'), (4, null) as t(id, customer)");
    BatchResult held = fixture.run(orders);
    assertThat(held.notes())
        .contains("known: expected referential integrity of customer 1, found 0.5");
    long batch = fixture.ledger(TableName.silver("orders")).newestBatch();
    assertThat(fixture.run(orders).outcome()).isEqualTo(Outcome.HELD);
    assertThat(fixture.ledger(TableName.silver("orders")).newestBatch()).isEqualTo(batch);

    BatchResult accepted = fixture.run(orders, CleanFixture.accept("known"));
    assertThat(accepted.account().applied()).isEqualTo(2);
    // A rebuild does not ask: it is not held, and finds the rows as they are.
    assertThat(fixture.rebuild(orders).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(fixture.read(TableName.silver("orders")).count()).isEqualTo(4);
  }
}
