package io.assay.silver.history;

import static io.assay.silver.history.HistoryFixture.column;
import static io.assay.silver.history.HistoryFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.History.Keep;
import io.assay.silver.Histories;
import io.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What neither the values of events nor the state of files may change. */
@Tag("all")
class StrangeFeedsTest {
  private static final List<String> TABLES = List.of("users_history", "users__events");

  @TempDir Path folder;

  /** Delta keeps texts of statistics to 32 characters, and times to the millisecond. */
  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "string"})
  void anEventAtTheEndOfAFilesStatisticsIsKnownAgain(String type) {
    String prefix = "é".repeat(20) + "x".repeat(30);
    List<Object> sequences =
        type.equals("string")
            ? List.of("", prefix + "1", prefix + "\uD83D\uDE00")
            : List.of(
                Timestamp.valueOf("0001-01-01 00:00:00"),
                Timestamp.valueOf("2026-01-01 00:00:00.123456"),
                Timestamp.valueOf("2026-01-01 00:00:00.123999"));
    DataType sequence = DataType.fromDDL(type);
    HistoryFixture history =
        new HistoryFixture(
            folder,
            Histories.of(Keep.SCD2, "at").build(),
            new StructType().add("at", sequence),
            sequence,
            key(1, "user", DataTypes.StringType),
            column("name", DataTypes.StringType));
    List<Row> rows =
        sequences.stream()
            .map(at -> RowFactory.create("a", "n" + at, "upsert", RowFactory.create(at), at))
            .toList();
    history.run(rows);

    assertThat(history.run(rows.subList(2, 3)).duplicate()).isEqualTo(1);
    assertThat(history.run(rows).duplicate()).isEqualTo(3);
  }

  @Test
  void maintenanceBesidesTheEngineChangesNothingOfWhatFollows() {
    SparkSession spark = TestSpark.session();
    HistoryFixture history =
        new HistoryFixture(
            folder,
            Histories.of(Keep.SCD2, "at").build(),
            new StructType().add("at", "bigint"),
            DataTypes.LongType,
            key(1, "user", DataTypes.StringType),
            column("name", DataTypes.StringType));
    history.run(List.of(event("a", "A", 1), event("b", "B", 1), event("x", "X", 1)));
    history.run(List.of(event("a", "C", 3), event("b", "D", 3), event("y", "Y", 3)));
    for (String path : TABLES) {
      spark.sql(
          "alter table "
              + table(path)
              + " set tblproperties ('delta.enableDeletionVectors' = 'true',"
              + " 'delta.columnMapping.mode' = 'name', 'delta.minReaderVersion' = '3',"
              + " 'delta.minWriterVersion' = '7')");
      spark.sql("delete from " + table(path) + " where user = 'x'");
    }
    history.run(List.of(event("a", "L", 2), event("b", "E", 4), event("z", "Z", 1)));
    for (String path : TABLES) {
      spark.sql("optimize " + table(path));
    }
    history.run(List.of(event("a", "L", 2), event("b", "M", 2), event("z", "Z2", 2)));
    assertThat(history.rows("user", "name", "valid_from", "valid_to"))
        .containsExactly(
            "a|A|1|2",
            "a|C|3|null",
            "a|L|2|3",
            "b|B|1|2",
            "b|D|3|4",
            "b|E|4|null",
            "b|M|2|3",
            "y|Y|3|null",
            "z|Z2|2|null",
            "z|Z|1|2");
    assertThat(history.prove().holds()).isTrue();
  }

  @Test
  void valuesThatAreWrittenInMoreThanOneWayAreOne() {
    StructType inner =
        new StructType()
            .add("f", "double")
            .add("m", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType));
    HistoryFixture history =
        new HistoryFixture(
            folder,
            Histories.of(Keep.SCD2, "at").ignoreNullUpdates("name").build(),
            new StructType().add("at", "bigint"),
            DataTypes.LongType,
            key(1, "bin", DataTypes.BinaryType),
            key(2, "num", DataTypes.DoubleType),
            key(3, "dec", DataTypes.createDecimalType(10, 2)),
            column("name", DataTypes.StringType),
            column("m", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType)),
            column("s", inner),
            column("l", DataTypes.createArrayType(inner)),
            column("t", DataTypes.TimestampType));
    for (int round = 0; round < 2; round++) {
      history.run(List.of(nested(-0.0, "A", 1, Map.of("x", 1L, "y", 2L), -0.0)));
      history.run(
          List.of(
              nested(0.0, "B", 3, new java.util.TreeMap<>(Map.of("y", 2L, "x", 1L)), 0.0),
              nested(Double.NaN, "N", 3, null, Double.NaN),
              nested(0.0, "B", 5, Map.of("x", 1L, "y", 2L), -0.0)));
      history.run(
          List.of(nested(0.0, "A", 2, Map.of("x", 1L), 1.0), nested(Double.NaN, "O", 4, null, 1)));
    }
    assertThat(history.rows("num", "name", "valid_from", "valid_to"))
        .containsExactly("-0.0|A|1|2", "0.0|A|2|3", "0.0|B|3|null", "NaN|N|3|4", "NaN|O|4|null");
    assertThat(history.events().count()).isEqualTo(6);
    assertThat(history.prove().holds()).isTrue();
  }

  private static Row nested(double num, String name, long at, Map<String, Long> map, double f) {
    Row inner = RowFactory.create(f, map == null ? null : Map.of("k", f));
    return RowFactory.create(
        new byte[] {0, -1},
        num,
        new BigDecimal("1.5"),
        name,
        map,
        inner,
        List.of(inner),
        Timestamp.valueOf("2026-01-01 00:00:00.000001"),
        "upsert",
        RowFactory.create(at),
        at);
  }

  private static Row event(String user, String name, long at) {
    return RowFactory.create(user, name, "upsert", RowFactory.create(at), at);
  }

  private String table(String name) {
    return "delta.`" + folder.resolve("silver").resolve(name) + "`";
  }
}
