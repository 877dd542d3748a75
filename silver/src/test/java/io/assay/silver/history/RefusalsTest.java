package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.silver.Histories;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events a history does not take, and that batches do not matter to it. */
class RefusalsTest {
  @TempDir Path folder;

  @Test
  void tieLosersAreRefusedAndAnEarlierWinnerIsWithdrawn() {
    HistoryFixture history =
        history(folder, Histories.of(Keep.SCD2, "at").ties(Ties.QUARANTINE).build());
    List<Row> rivals = List.of(upsert("a", "A", 1), upsert("a", "B", 1), upsert("a", "C", 1));
    Counts first = history.run(List.of(rivals.get(0), upsert("b", "A", 1)));
    assertThat(first).isEqualTo(new Counts(2, 0, 0, 0, 0, 0, 0));

    Counts second = history.run(List.of(rivals.get(1), rivals.get(2)));
    List<String> names = history.rows("user", "name");
    Counts deleted = history.run(List.of(delete("a", 1), rivals.get(0)));

    assertThat(second.quarantined() + second.applied()).isEqualTo(2);
    assertThat(second.withdrawn()).isEqualTo(second.applied()).isLessThanOrEqualTo(1);
    assertThat(names).hasSize(2);
    assertThat(deleted.withdrawn()).as("a delete beats every upsert").isEqualTo(1);
    assertThat(deleted.applied()).isEqualTo(1);
    assertThat(history.rows("user", "name")).containsExactly("b|A");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void whatIsTooLateDependsOnCommitsToBronzeAloneAndNotOnBatches(@TempDir Path other) {
    List<List<Row>> commits = commits(new Random(4), 4);
    HistoryFixture one = bounded(folder);
    long refused = 0;
    for (int commit = 0; commit < commits.size(); commit++) {
      refused += one.run(Map.of(commit, commits.get(commit))).quarantined();
    }
    HistoryFixture two = bounded(other);
    TreeMap<Integer, List<Row>> all = new TreeMap<>();
    for (int commit = 0; commit < commits.size(); commit++) {
      all.put(commit, commits.get(commit));
    }
    refused -= two.run(all.headMap(2)).quarantined();
    refused -= two.run(all.tailMap(2)).quarantined();

    assertThat(refused).isZero();
    List<String> accepted = accepted(commits);
    assertThat(accepted).hasSizeBetween(50, 400);
    for (HistoryFixture history : List.of(one, two)) {
      assertThat(
              history
                  .events()
                  .selectExpr("concat_ws('|', user, name, unix_seconds(_valid_time))")
                  .as(org.apache.spark.sql.Encoders.STRING())
                  .collectAsList())
          .containsExactlyInAnyOrderElementsOf(accepted);
      assertThat(history.prove().holds()).isTrue();
    }
    String[] version = {"user", "name", "valid_from", "valid_to", "version_id"};
    assertThat(one.rows(version)).isEqualTo(two.rows(version));
    assertThat(two.run(Map.of(9, commits.get(3))).applied()).isZero();
  }

  /** The decision by the letter: a bound of ten seconds, commit by commit, each event once. */
  private static List<String> accepted(List<List<Row>> commits) {
    Map<String, Long> newest = new TreeMap<>();
    List<String> accepted = new ArrayList<>();
    for (List<Row> commit : commits) {
      Map<String, Long> reached = new TreeMap<>(newest);
      for (Row event : commit) {
        String user = event.getString(0);
        long at = event.getTimestamp(4).getTime() / 1000;
        if (at + 10 >= newest.getOrDefault(user, Long.MIN_VALUE)) {
          accepted.add(user + "|" + event.getString(1) + "|" + at);
          reached.merge(user, at, Math::max);
        }
      }
      newest = reached;
    }
    return accepted;
  }

  /** Every event is another, so that no repeat blurs what was refused. */
  private static List<List<Row>> commits(Random random, int count) {
    List<List<Row>> commits = new ArrayList<>();
    for (int commit = 0; commit < count; commit++) {
      List<Row> events = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        long at = 100L + 5L * commit + random.nextInt(40) - 20;
        events.add(at("u" + random.nextInt(12), "n" + commit + "-" + i, at));
      }
      commits.add(events);
    }
    return commits;
  }

  private static HistoryFixture bounded(Path folder) {
    return new HistoryFixture(
        folder,
        Histories.of(Keep.SCD2, "at").acceptLate(Duration.ofSeconds(10)).build(),
        new StructType().add("at", DataTypes.TimestampType),
        DataTypes.TimestampType,
        key(1, "user", DataTypes.StringType),
        column("name", DataTypes.StringType));
  }

  private static HistoryFixture history(Path folder, History settings) {
    return new HistoryFixture(
        folder,
        settings,
        new StructType().add("at", "bigint"),
        DataTypes.LongType,
        key(1, "user", DataTypes.StringType),
        column("name", DataTypes.StringType));
  }

  private static Row at(String user, String name, long second) {
    Timestamp at = Timestamp.from(Instant.ofEpochSecond(second));
    return RowFactory.create(user, name, "upsert", RowFactory.create(at), at);
  }

  private static Row upsert(String user, String name, long at) {
    return RowFactory.create(user, name, "upsert", RowFactory.create(at), at);
  }

  private static Row delete(String user, long at) {
    return RowFactory.create(user, null, "delete", RowFactory.create(at), at);
  }
}
