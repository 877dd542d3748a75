package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History.Keep;
import io.assay.silver.Histories;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontierTest {
  @TempDir Path folder;

  @Test
  void everyCommitOfEventsNotesHowFarTheyReachUnlessNobodyKnows() {
    HistoryFixture history = history("bigint", "bigint");
    history.run(List.of(event("a", "A", 5L, 5L), event("b", "B", 3L, 3L)));
    assertThat(history.noted()).contains(new Frontier(5, 5));
    history.run(List.of(event("a", "C", 8L, 8L)));
    assertThat(history.noted()).contains(new Frontier(8, 8));
    history.run(List.of(event("a", "late", 6L, 6L), event("c", "D", 7L, 7L)));
    assertThat(history.noted()).contains(new Frontier(8, 8));

    TestSpark.session()
        .sql(
            "alter table delta.`%s` set tblproperties ('somebody' = 'else')"
                .formatted(folder.resolve("silver/users__events")));
    assertThat(history.noted()).isEmpty();
    history.run(List.of(event("a", "later", 7L, 7L)));
    assertThat(history.noted()).isEmpty();
    history.run(List.of(event("a", "E", 9L, 9L)));
    assertThat(history.noted()).contains(new Frontier(9, 9));
    assertThat(history.rows("user", "name", "valid_from", "valid_to"))
        .containsExactly(
            "a|A|5|6",
            "a|C|8|9",
            "a|E|9|null",
            "a|later|7|8",
            "a|late|6|7",
            "b|B|3|null",
            "c|D|7|null");
    assertThat(history.prove().holds()).isTrue();
  }

  /** What is at the frontier itself may be known or tied, so it is looked at. */
  @Test
  void onlyWhatIsBeyondTheFrontierIsTakenForNewAndInOrder() {
    HistoryFixture history = history("bigint", "date");
    history.run(List.of(event("a", "A", 5L, day(10))));
    Counts repeated = history.run(List.of(event("a", "A", 5L, day(10))));
    assertThat(repeated.duplicate()).isEqualTo(1);
    assertThat(history.versions()).containsExactly(0L, 0L);

    Counts tied = history.run(List.of(event("a", "B", 5L, day(10))));
    assertThat(tied.applied() + tied.superseded()).isEqualTo(1);
    // The time goes back while the sequence goes on, and is raised.
    history.run(List.of(event("a", "C", 6L, day(8))));
    assertThat(history.noted()).contains(new Frontier(6, 1_768_003_200_000_000L));
    history.run(List.of(event("a", "D", 7L, day(12))));
    assertThat(history.rows("name", "valid_from", "valid_to"))
        .contains("C|2026-01-10|2026-01-12", "D|2026-01-12|null");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void sequencesThatAreNoNumbersAreFoundInOrderByStatistics() {
    HistoryFixture history = history("string", "string");
    history.run(List.of(event("a", "A", "m", "m")));
    assertThat(history.noted()).isEmpty();
    history.run(List.of(event("a", "B", "n", "n")));
    history.run(List.of(event("a", "late", "mm", "mm")));
    assertThat(history.rows("name", "valid_from", "valid_to"))
        .containsExactly("A|m|mm", "B|n|null", "late|mm|n");
  }

  private static java.sql.Date day(int day) {
    return java.sql.Date.valueOf("2026-01-%02d".formatted(day));
  }

  private static Row event(String user, String name, Object sequence, Object validTime) {
    return RowFactory.create(user, name, "upsert", RowFactory.create(sequence), validTime);
  }

  private HistoryFixture history(String sequence, String validTime) {
    return new HistoryFixture(
        folder,
        Histories.of(Keep.SCD2, "at")
            .validTime(sequence.equals(validTime) ? "at" : "since")
            .build(),
        new StructType().add("at", DataType.fromDDL(sequence)),
        DataType.fromDDL(validTime),
        key(1, "user", DataTypes.StringType),
        column("name", DataTypes.StringType));
  }
}
