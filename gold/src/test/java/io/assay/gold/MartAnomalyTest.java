package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.contract.BatchRule;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.Contract;
import io.assay.contract.JudgedRows;
import io.assay.contract.OnFailure;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.Measure;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a mart that are compared with those before them. */
class MartAnomalyTest {
  private static final TableName ORDERS = TableName.silver("orders");

  @TempDir Path folder;

  @Test
  void aVersionIsComparedWithThoseThatWerePublished() {
    MartFixture gold = new MartFixture(folder);
    BatchRule volume =
        new BatchRule(
            "volume",
            new Measure.RowCount(),
            new Threshold(Threshold.Operator.MUST_BE_BETWEEN, -5, Optional.of(5.0)),
            Optional.empty(),
            OnFailure.HOLD,
            "",
            JudgedRows.INCOMING,
            Optional.of(new Deviation(Deviation.Kind.ABSOLUTE_CHANGE, 1, 30, Optional.empty())));
    Contract contract = Contracts.of("", 0, List.of(), List.of(volume), "id int");
    Mart mart = gold.mart("customer_sales", "SELECT id FROM silver.orders", contract);
    gold.append(ORDERS, many(20));
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.SUCCEEDED);

    gold.append(ORDERS, many(40));
    assertThat(gold.run(mart).notes())
        .contains("volume: expected absolute change of row count from -5 to 5, found 60 after 20");
    gold.append(ORDERS, many(1));
    assertThat(gold.run(mart).notes())
        .contains("volume: expected absolute change of row count from -5 to 5, found 61 after 20");
    Decision accepted = new Decision(Map.of("volume", "new shop"), Optional.empty());
    assertThat(gold.run(mart, accepted).outcome()).isEqualTo(Outcome.SUCCEEDED);

    gold.append(ORDERS, many(3));
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  private static String many(int rows) {
    return "SELECT explode(sequence(1, %d)) AS id".formatted(rows);
  }
}
