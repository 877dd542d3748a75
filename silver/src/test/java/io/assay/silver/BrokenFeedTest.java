package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.error.ExitCode;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds of which most rows, or a few, are broken, in each way that a row can be. */
class BrokenFeedTest {
  private static final TableName BRONZE = TableName.bronze("t");
  private static final TableName SILVER = TableName.silver("t");
  private static final TableName HISTORY = TableName.history("t");
  private static final TableName QUARANTINE = TableName.quarantine("t");

  private static final int ROWS = 20;

  /** Columns of a row that breaks a rule, and no other; by the rule. */
  private static final Map<String, String> BROKEN =
      new TreeMap<>(
          Map.of(
              "unreadable", "'no record' _problem, string(id) id, 'n' name, '1' amount, " + at(1),
              "id_key", "string(null) _problem, '' id, 'n' name, '1' amount, " + at(1),
              "name_required",
                  "string(null) _problem, string(id) id, string(null) name, '1' amount, " + at(1),
              "amount_type",
                  "string(null) _problem, string(id) id, 'n' name, '1,5' amount, " + at(1),
              "amount_minimum",
                  "string(null) _problem, string(id) id, 'n' name, '-1' amount, " + at(1),
              "at_key",
                  "string(null) _problem, string(id) id, 'n' name, '1' amount, string(null) at",
              "tie", "string(null) _problem, '%1$d' id, concat('n', id) name, '1' amount, " + at(1),
              "late", "string(null) _problem, '0' id, concat('n', id) name, '1' amount, " + at(0)));

  @TempDir Path folder;

  private static String at(int year) {
    return "'202" + (5 + year) + "-06-01T00:00:00Z' at";
  }

  private static CleanConfiguration configuration() {
    return Configurations.of("t")
        .column("id int key")
        .column("name string required")
        .column("amount decimal(10,2)")
        .column("at timestamp")
        .rule("amount_minimum", "amount", "amount >= 0", OnFailure.QUARANTINE)
        .history(
            Histories.of(Keep.SCD2, "at")
                .ties(Ties.QUARANTINE)
                .acceptLate(Duration.ofDays(30))
                .build())
        .gate(10)
        .build();
  }

  /** Rows with consecutive keys, of which the last ones break a rule. */
  private static String rows(String rule, int first, int broken) {
    int split = first + ROWS - broken;
    return ("select string(null) _problem, string(id) id, 'n' name, '1' amount, "
            + at(1)
            + " from range(%1$d, %2$d) union all select "
            + BROKEN.get(rule)
            + " from range(%2$d, %3$d)")
        .formatted(first, split, first + ROWS);
  }

  @Test
  void aFeedOfWhichMostRowsAreBrokenIsHeldAtItsFirstBatchWhateverTheRule() {
    for (String rule : BROKEN.keySet()) {
      CleanFixture fixture = new CleanFixture(folder.resolve(rule));
      if (rule.equals("late")) {
        fixture.land(BRONZE, "before", rows("tie", 0, 0));
        fixture.run(configuration());
      }
      for (int file = 0; file < 3; file++) {
        fixture.land(BRONZE, "f" + file, rows(rule, 100 * file, 18));
      }

      BatchResult held = fixture.runInSmallBatches(configuration());

      assertThat(held.outcome()).as(rule).isEqualTo(Outcome.HELD);
      assertThat(held.exitCode()).isEqualTo(ExitCode.QUALITY);
      assertThat(held.notes())
          .as("what comes later waits, and is not in the account")
          .contains(
              "gate: 18 of 20 rows (90.0 %) would go to quarantine, and 10 % are allowed;"
                  + " most often broken: "
                  + rule
                  + " 18");
      assertThat(held.account().balanced()).isTrue();
      assertThat(fixture.state(QUARANTINE).exists()).isFalse();
      assertThat(fixture.state(HISTORY).exists()).as(rule).isEqualTo(rule.equals("late"));
    }
  }

  @Test
  void aFeedOfWhichFewRowsAreBrokenGoesThroughWithTheseInQuarantine() {
    CleanFixture small = new CleanFixture(folder.resolve("small"));
    CleanFixture whole = new CleanFixture(folder.resolve("whole"));
    List<String> rules = List.copyOf(BROKEN.keySet());
    for (CleanFixture fixture : List.of(small, whole)) {
      fixture.land(BRONZE, "before", rows("tie", 0, 0));
      for (String rule : rules) {
        int first = 100 * (1 + rules.indexOf(rule));
        fixture.land(BRONZE, rule, rows(rule, first, 1));
      }
    }

    BatchResult batches = small.runInSmallBatches(configuration());
    BatchResult batch = whole.run(configuration());

    assertThat(batches.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(small.ledger(SILVER).newestBatch()).isEqualTo(1 + rules.size());
    assertThat(batches.account()).isEqualTo(new Account(180, 0, 0, 172, 0, 0, 0, 8, 0));
    assertThat(batch.account()).isEqualTo(batches.account());
    for (CleanFixture fixture : List.of(small, whole)) {
      assertThat(fixture.ask(QUARANTINE, "_source.origin", "rules"))
          .containsExactlyInAnyOrderElementsOf(
              rules.stream().map(rule -> "[%s,WrappedArray(%s)]".formatted(rule, rule)).toList());
      assertThat(fixture.read(HISTORY).count()).isEqualTo(172);
      assertThat(fixture.discrepancies(SILVER)).isEmpty();
      assertThat(fixture.proved(configuration())).isTrue();
    }
  }
}
