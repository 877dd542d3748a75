package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.silver.Histories;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch commits, counts and survives. */
class HistoryBatchTest {
  private static final String[] VERSION = {"user", "name", "valid_from", "valid_to"};

  @TempDir Path folder;

  @Test
  void everyBatchIsOneCommitAndWhatChangesNothingIsNone() {
    HistoryFixture history = history(Keep.SCD2);
    assertThat(history.run(List.of())).isEqualTo(counts(0, 0, 0, 0, 0));
    assertThat(history.versions()).as("both tables exist, empty").containsExactly(0L, 0L);

    List<Row> first = List.of(upsert("a", "A", 1), upsert("b", "B", 2), upsert("a", "A", 1));
    assertThat(history.run(first)).isEqualTo(counts(2, 0, 0, 1, 0));
    assertThat(history.versions()).containsExactly(1L, 1L);

    assertThat(history.run(first)).as("again").isEqualTo(counts(0, 0, 0, 3, 0));
    assertThat(history.versions()).containsExactly(1L, 1L);

    assertThat(history.run(List.of(upsert("a", "A", 3), delete("c", 1))))
        .as("equal values, and a delete of nothing")
        .isEqualTo(counts(0, 2, 0, 0, 0));
    assertThat(history.versions()).containsExactly(2L, 1L);

    assertThat(history.run(List.of(upsert("a", "B", 2), upsert("b", "B", 2))))
        .as("a late event splits what a remembered one then continues")
        .isEqualTo(counts(1, 0, 0, 1, 0));
    assertThat(history.versions()).containsExactly(3L, 2L);
    assertThat(history.rows(VERSION))
        .containsExactly("a|A|1|2", "a|A|3|null", "a|B|2|3", "b|B|2|null");

    assertThat(history.run(List.of(upsert("a", "A", 2))))
        .matches(counts -> counts.unchanged() + counts.applied() + counts.superseded() == 1);
    assertThat(history.run(List.of(delete("a", 2)))).isEqualTo(counts(1, 0, 0, 0, 0));
    assertThat(history.rows(VERSION))
        .as("a delete beats what happened at its sequence")
        .containsExactly("a|A|1|2", "a|A|3|null", "b|B|2|null");
    assertThat(history.prove()).isEqualTo(new HistoryProof.Result(3, 0, 0, 0, List.of()));
  }

  @Test
  void aTruncateClosesEveryKeyThatIsNotThereAtItsSequence() {
    HistoryFixture history = history(Keep.SCD2);
    history.run(List.of(upsert("a", "A", 1), upsert("b", "B", 2)));
    List<Row> snapshot = List.of(truncate(3), upsert("b", "B", 3));
    assertThat(history.run(snapshot))
        .as("a is gone: the truncate and the delete that it implies; b is as it was")
        .isEqualTo(counts(2, 1, 0, 0, 1));
    assertThat(history.versions()).containsExactly(1L, 1L);
    assertThat(history.run(snapshot)).isEqualTo(counts(0, 0, 0, 2, 0));
    assertThat(history.rows(VERSION)).containsExactly("a|A|1|3", "b|B|2|null");

    assertThat(history.run(List.of(truncate(5), present("b", 5))))
        .as("nobody knows what b is, but it is there")
        .isEqualTo(counts(0, 2, 0, 0, 0));
    assertThat(history.versions()).containsExactly(2L, 1L);

    assertThat(history.run(List.of(upsert("a", "C", 2), upsert("c", "C", 4))))
        .as("late events end at the truncates that were there before them")
        .isEqualTo(counts(2, 0, 0, 0, 0));
    assertThat(history.rows(VERSION))
        .containsExactly("a|A|1|2", "a|C|2|3", "b|B|2|null", "c|C|4|5");

    assertThat(history.run(List.of(truncate(4))))
        .as("late, and once b is gone its presence brings nothing back")
        .isEqualTo(counts(2, 0, 0, 0, 1));
    assertThat(history.rows(VERSION)).containsExactly("a|A|1|2", "a|C|2|3", "b|B|2|4", "c|C|4|5");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void aTruncateRemovesCurrentRows() {
    HistoryFixture history = history(Keep.SCD1);
    history.run(List.of(upsert("a", "A", 1), upsert("b", "B", 2), upsert("c", "C", 2)));
    assertThat(history.run(List.of(upsert("a", "B", 3), truncate(4), upsert("c", "D", 5))))
        .as("a and b go, c is another; what a was in between was overtaken")
        .isEqualTo(counts(4, 0, 1, 0, 2));
    assertThat(history.rows("user", "name")).containsExactly("c|D");
    assertThat(history.run(List.of(upsert("b", "B", 3)))).isEqualTo(counts(0, 1, 0, 0, 0));
    assertThat(history.rows("user", "name")).containsExactly("c|D");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void currentRowsCountOvertakenEventsAsSuperseded() {
    HistoryFixture history = history(Keep.SCD1);
    assertThat(
            history.run(
                List.of(
                    upsert("a", "A", 1), upsert("a", "B", 2), upsert("b", "B", 1), delete("c", 4))))
        .isEqualTo(counts(2, 1, 1, 0, 0));
    assertThat(history.run(List.of(upsert("c", "C", 3), delete("b", 2))))
        .as("a late upsert does not bring back what was deleted")
        .isEqualTo(counts(1, 1, 0, 0, 0));
    assertThat(history.rows("user", "name")).containsExactly("a|B");
    assertThat(history.versions()).containsExactly(1L, 1L);
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void aBatchThatCrashedBetweenItsCommitsIsFinishedAsTheSameBatch() {
    HistoryFixture history = history(Keep.SCD2);
    history.run(List.of(upsert("a", "A", 1), upsert("a", "A", 5), upsert("b", "A", 1)));
    List<Row> events = List.of(upsert("a", "B", 3), upsert("b", "B", 3), delete("b", 4));
    Intent intent = history.intent();
    HistoryBatch crashed = history.attempt(intent);
    Counts planned = crashed.settle(history.accepted(events));
    history.commit(intent, crashed.steps().get(0));

    try (HistoryBatch again = history.attempt(intent)) {
      assertThat(again.settle(history.accepted(events))).isEqualTo(planned);
      assertThat(again.steps()).extracting(BatchStep::name).containsExactly("EVENTS", "HISTORY");
      // Delta itself skips a step that was committed.
      again.steps().forEach(step -> history.commit(intent, step));
    }

    assertThat(history.events().count()).isEqualTo(6);
    assertThat(history.versions()).containsExactly(1L, 1L);
    assertThat(history.rows(VERSION))
        .containsExactly("a|A|1|3", "a|A|5|null", "a|B|3|5", "b|A|1|3", "b|B|3|4");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void aNewColumnIsNullInOldVersionsAndChangesNoTie() {
    HistoryFixture history = history(Keep.SCD2);
    history.run(List.of(upsert("a", "A", 1), upsert("b", "A", 1), upsert("b", "B", 1)));
    List<String> tie = history.rows("user", "name", "version_id");
    history.gain(column("city", DataTypes.StringType));
    assertThat(history.run(List.of(withCity("a", "A", null, 2), withCity("b", "A", null, 1))))
        .as("a null in it is no change")
        .isEqualTo(counts(0, 1, 0, 1, 0));
    assertThat(history.rows("user", "name", "version_id")).isEqualTo(tie);
    assertThat(history.run(List.of(withCity("a", "A", "Rome", 3), withCity("c", "C", "Oslo", 3))))
        .isEqualTo(counts(2, 0, 0, 0, 0));
    assertThat(history.rows("user", "name", "city", "valid_from", "valid_to").subList(0, 2))
        .containsExactly("a|A|Rome|3|null", "a|A|null|1|3");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void contentIsComparedExactly() {
    HistoryFixture history =
        new HistoryFixture(
            folder,
            settings(Keep.SCD2),
            new StructType().add("at", DataTypes.TimestampType),
            DataTypes.TimestampType,
            key(1, "user", DataTypes.StringType),
            column("score", DataTypes.DoubleType),
            column("tags", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType)),
            column("seen", DataTypes.TimestampType));
    history.run(
        List.of(
            exact(1, 0.0, Map.of("x", 0.0, "y", 1.0), 1),
            exact(2, -0.0, new java.util.TreeMap<>(Map.of("y", 1.0, "x", -0.0)), 1),
            exact(3, Double.NaN, Map.of(), 1),
            exact(4, Double.longBitsToDouble(0x7ff8000000000001L), Map.of(), 1),
            exact(5, Double.NaN, Map.of(), 2)));
    assertThat(history.rows("valid_from"))
        .as("zeros, maps and NaNs are equal; a microsecond is a difference")
        .hasSize(3);
    assertThat(history.run(List.of(exact(5, Double.NaN, Map.of(), 2))))
        .isEqualTo(counts(0, 0, 0, 1, 0));
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void aProofNamesTheBatchesOfWrongRows() {
    HistoryFixture history = history(Keep.SCD2);
    history.run(List.of(upsert("a", "A", 1), upsert("b", "A", 1)));
    history.run(List.of(upsert("a", "B", 2), upsert("c", "B", 2)));
    history.tamper("delete", "user = 'c'");
    history.tamper("update name", "user = 'b'");
    assertThat(history.prove()).isEqualTo(new HistoryProof.Result(3, 1, 0, 1, List.of(1L, 2L)));
  }

  private static Counts counts(
      long applied, long unchanged, long superseded, long duplicate, long implied) {
    return new Counts(applied, unchanged, superseded, duplicate, implied, 0, 0);
  }

  private HistoryFixture history(Keep keep) {
    return new HistoryFixture(
        folder,
        settings(keep),
        new StructType().add("at", "bigint"),
        DataTypes.LongType,
        key(1, "user", DataTypes.StringType),
        column("name", DataTypes.StringType));
  }

  private static History settings(Keep keep) {
    return Histories.of(keep, "at").build();
  }

  private static Row upsert(String user, String name, long at) {
    return RowFactory.create(user, name, "upsert", RowFactory.create(at), at);
  }

  private static Row delete(String user, long at) {
    return RowFactory.create(user, null, "delete", RowFactory.create(at), at);
  }

  private static Row truncate(long at) {
    return RowFactory.create(null, null, "truncate", RowFactory.create(at), at);
  }

  private static Row present(String user, long at) {
    return RowFactory.create(user, null, "present", RowFactory.create(at), at);
  }

  private static Row withCity(String user, String name, String city, long at) {
    return RowFactory.create(user, name, city, "upsert", RowFactory.create(at), at);
  }

  private static Row exact(int second, double score, Map<String, Double> tags, int micros) {
    java.sql.Timestamp at = java.sql.Timestamp.from(java.time.Instant.ofEpochSecond(second));
    java.sql.Timestamp seen =
        java.sql.Timestamp.from(java.time.Instant.ofEpochSecond(0, micros * 1000L));
    return RowFactory.create(
        "a",
        score,
        scala.collection.JavaConverters.mapAsScalaMap(tags),
        seen,
        "upsert",
        RowFactory.create(at),
        at);
  }
}
