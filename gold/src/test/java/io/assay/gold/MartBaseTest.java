package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Mart;
import io.assay.table.TableName;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else does to a mart while Assay's batches change it. */
class MartBaseTest {
  private static final TableName ORDERS = TableName.silver("orders");
  private static final TableName MART = TableName.gold("sales");
  private static final TableName CLICKS = TableName.gold("clicks");
  private static final String FULL = "computed in full: somebody else has changed gold.sales";

  @TempDir Path folder;

  /** What else happens, just before or after the mart's own commit. */
  private static CommitSeam around(Runnable before, Runnable after) {
    return (point, commit) -> {
      boolean own = point.step().equals("GOLD");
      if (own) {
        before.run();
      }
      commit.run();
      if (own) {
        after.run();
      }
    };
  }

  private static void powerCut() {
    throw new IllegalStateException("power cut");
  }

  @Test
  void whatOthersDidWhileABatchRanIsSeenByTheNextOne() {
    MartFixture gold = new MartFixture(folder);
    Mart mart = sales(gold);
    DeltaTable table = DeltaTable.forPath(gold.spark, gold.warehouse.path(MART).toString());
    Runnable compact = () -> table.optimize().executeCompaction();
    Runnable nothing = () -> {};

    order(gold, 3, "Rome");
    gold.run(mart, around(compact, compact));
    order(gold, 4, "Rome");
    assertThat(gold.run(mart).notes())
        .containsExactly("incremental: 1 key of 3 (changed rows: 1 of silver.orders)");
    proved(gold, mart);

    order(gold, 5, "Rome");
    gold.run(mart, around(() -> table.delete("city = 'Oslo'"), nothing));
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
    order(gold, 6, "Rome");
    assertThat(gold.run(mart).notes()).containsExactly(FULL);
    proved(gold, mart);

    order(gold, 7, "Rome");
    assertThatThrownBy(() -> gold.run(mart, around(nothing, MartBaseTest::powerCut)))
        .hasMessage("power cut");
    table.delete("city = 'Oslo'");
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "batch 6 was interrupted and has been rolled forward",
            "incremental: 1 key of 3 (changed rows: 1 of silver.orders)");
    order(gold, 8, "Rome");
    assertThat(gold.run(mart).notes()).containsExactly(FULL);
    proved(gold, mart);

    order(gold, 9, "Oslo");
    assertThat(gold.run(mart).notes()).singleElement().asString().startsWith("incremental: 1 key");
    proved(gold, mart);
  }

  private static Mart sales(MartFixture gold) {
    gold.append(
        ORDERS, "SELECT * FROM VALUES (1, 'Oslo'), (2, 'Rome'), (0, 'Bern') AS t(id, city)");
    Mart mart = gold.sales();
    gold.run(mart);
    return mart;
  }

  private static void order(MartFixture gold, int id, String city) {
    gold.append(ORDERS, "SELECT %d AS id, '%s' AS city".formatted(id, city));
  }

  private static void proved(MartFixture gold, Mart mart) {
    assertThat(gold.proof(mart).message()).isEmpty();
  }

  @Test
  void windowsThatOthersTookWhileABatchRanAreMadeAnew() {
    EventTable events = new EventTable(folder);
    MartFixture gold = events.gold;
    Mart mart = events.clicks("count(*)");
    events.come("(1, 'a', '10:00:00', 1), (2, 'a', '10:06:00', 1)");
    gold.run(mart);
    DeltaTable table = DeltaTable.forPath(gold.spark, gold.warehouse.path(CLICKS).toString());
    events.come("(3, 'a', '10:11:00', 1)");
    gold.run(mart, around(() -> table.delete("true"), () -> {}));
    assertThat(gold.rows(CLICKS)).hasSize(1);
    assertThat(gold.run(mart).notes())
        .containsExactly(
            "a new epoch starts at the beginning of the input: somebody else has changed gold.clicks");
    assertThat(gold.rows(CLICKS)).hasSize(2);
    assertThat(events.gold.proof(mart).message()).isEmpty();
    assertThat(gold.run(mart).outcome()).isEqualTo(Outcome.UNCHANGED);
  }
}
