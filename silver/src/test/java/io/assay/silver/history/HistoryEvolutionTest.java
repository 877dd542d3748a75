package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Track;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.silver.Histories;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history whose contract changes. That it may gain a column is told with the batches. */
class HistoryEvolutionTest {
  @TempDir Path folder;

  @Test
  void aDroppedColumnKeepsItsValuesAlsoWhenItComesBack() {
    HistoryFixture history = history(column("city", DataTypes.StringType), Track.ALL);
    history.run(List.of(event("a", "A", "Rome", 1), event("b", "B", "Oslo", 1)));
    history.lose("city");

    assertThat(history.run(List.of(event("a", "A", 4), event("b", "C", 4))))
        .isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
    history.run(List.of(event("b", "D", 2), event("a", "A", 3)));

    assertThat(history.rows("user", "name", "city", "valid_from", "valid_to"))
        .containsExactly("a|A|Rome|1|null", "b|B|Oslo|1|2", "b|C|Oslo|4|null", "b|D|Oslo|2|4");
    assertThat(history.prove().holds()).isTrue();

    history.gain(column("city", DataTypes.StringType));
    history.run(List.of(event("a", "A", "Rome", 6), event("b", "C", "Bath", 6)));
    assertThat(history.prove().holds()).isTrue();
    history.run(List.of(event("a", "A", "Rome", 5), event("b", "D", "Oslo", 3)));

    assertThat(history.rows("user", "name", "city", "valid_from", "valid_to"))
        .containsExactly(
            "a|A|Rome|1|null", "b|B|Oslo|1|2", "b|C|Bath|6|null", "b|C|Oslo|4|6", "b|D|Oslo|2|4");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void currentRowsMayHaveHadAColumnNamedLikeOneOfAVersion() {
    HistoryFixture history =
        new HistoryFixture(
            folder,
            Histories.of(Keep.SCD1, "at").track(new Track(List.of(), List.of("name"))).build(),
            new StructType().add("at", "bigint"),
            DataTypes.LongType,
            key(1, "user", DataTypes.StringType),
            column("name", DataTypes.StringType),
            column("valid_from", DataTypes.StringType));
    history.run(List.of(event("a", "A", "May", 1)));
    history.lose("valid_from");
    history.run(List.of(event("a", "B", 2)));

    assertThat(history.rows("user", "name", "valid_from")).containsExactly("a|B|May");
  }

  @Test
  void aColumnIsWidenedInPlaceOrNothingIsWritten() {
    HistoryFixture history = history(column("size", DataTypes.ShortType), Track.ALL);
    history.run(List.of(event("a", "A", (short) 1, 1), event("b", "B", (short) 2, 1)));
    history.retype(column("size", DataTypes.IntegerType));
    history.run(List.of(event("a", "A", 70_000, 2), event("b", "B", 3, 0)));

    assertThat(history.rows("user", "size", "valid_from", "valid_to"))
        .containsExactly("a|1|1|2", "a|70000|2|null", "b|2|1|null", "b|3|0|1");
    assertThat(history.prove().holds()).isTrue();
    List<Long> versions = history.versions();
    history.retype(column("size", DataTypes.LongType));
    assertThatThrownBy(() -> history.run(List.of(event("a", "A", 5L, 3))))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("size of silver.users__events is int, and bigint by the contract")
        .hasMessageContaining("assay rebuild silver.users");
    assertThat(history.versions()).isEqualTo(versions);
  }

  @Test
  void aNewlyTrackedColumnCutsNoOldVersion() {
    HistoryFixture history =
        history(column("city", DataTypes.StringType), new Track(List.of(), List.of("city")));
    history.run(List.of(event("a", "A", "Rome", 1), event("a", "A", "Oslo", 3)));
    history.change(settings(Track.ALL));

    assertThat(history.run(List.of(event("a", "A", "Oslo", 5), event("b", "B", "Bath", 5))))
        .isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
    assertThat(history.rows("user", "city", "valid_from", "valid_to"))
        .containsExactly("a|Oslo|1|null", "b|Bath|5|null");
    history.run(List.of(event("a", "A", "Rome", 2), event("a", "A", "Bath", 6)));

    assertThat(history.rows("user", "city", "valid_from", "valid_to"))
        .as("a late key is folded from all its events, each by what was tracked when it came")
        .containsExactly("a|Bath|6|null", "a|Oslo|1|6", "b|Bath|5|null");
    assertThat(history.prove().holds()).isTrue();
  }

  private HistoryFixture history(ContractColumn last, Track track) {
    return new HistoryFixture(
        folder,
        settings(track),
        new StructType().add("at", "bigint"),
        DataTypes.LongType,
        key(1, "user", DataTypes.StringType),
        column("name", DataTypes.StringType),
        last);
  }

  private static History settings(Track track) {
    return Histories.of(Keep.SCD2, "at").track(track).build();
  }

  private static Row event(String user, String name, Object last, long at) {
    return RowFactory.create(user, name, last, "upsert", RowFactory.create(at), at);
  }

  private static Row event(String user, String name, long at) {
    return RowFactory.create(user, name, "upsert", RowFactory.create(at), at);
  }
}
