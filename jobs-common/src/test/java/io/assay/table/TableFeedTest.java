package io.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFeedTest {
  private static final TableName TABLE = TableName.history("numbers");

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private Warehouse warehouse;

  @BeforeEach
  void nothing() {
    warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  private void create(boolean followed) {
    Map<String, String> properties = followed ? TableProperties.followed(Map.of()) : Map.of();
    new TableAppend(warehouse, TABLE)
        .commit(
            rows("(1, 'a', true), (2, 'b', true), (3, null, false)"),
            new TableDescription(Optional.empty(), List.of("is_current"), properties),
            new CommitTag("made", 1, "{}"));
  }

  private Dataset<Row> rows(String values) {
    return spark.sql("SELECT * FROM VALUES " + values + " AS t(id, name, is_current)");
  }

  private void rewrite(long batch, String ids, String values) {
    Dataset<Row> replaced = spark.sql("SELECT * FROM VALUES " + ids + " AS t(name)");
    CommitTag tag = new CommitTag("test", batch, "{}");
    TableRewrite.inSession(
        spark,
        tag,
        session ->
            new TableRewrite(session, warehouse, TABLE)
                .commit(lit(true), replaced, rows(values), tag));
  }

  private TableLog log() {
    return new TableLog(spark, warehouse, TABLE);
  }

  private TableRange after(long version) {
    TableState state = log().state();
    return new TableRange(TABLE, state.id(), version, state.version(), -1);
  }

  private TableFeed feed() {
    return new TableFeed(spark, warehouse, TABLE);
  }

  /** Sign and row, of what does not cancel out. */
  private List<String> changes(long version) {
    TableRange range = after(version);
    assertThat(feed().gap(range)).isEmpty();
    return feed()
        .rows(range)
        .groupBy("id", "name", "is_current")
        .sum(TableFeed.SIGN)
        .where("`sum(_sign)` <> 0")
        .collectAsList()
        .stream()
        .map(row -> row.get(3) + " " + row.get(0) + " " + row.get(1) + " " + row.get(2))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rewrittenRowsAreToldWhetherTheTableIsFollowedOrNot(boolean followed) {
    create(followed);
    rewrite(1, "('a'), (CAST(NULL AS STRING)), ('a')", "(1, 'x', false), (4, 'd', true)");
    assertThat(log().read(1).collectAsList())
        .extracting(row -> row.get(1))
        .containsExactlyInAnyOrder("b", "x", "d");
    assertThat(log().read(1).columns()).containsExactly("id", "name", "is_current");
    List<String> told = List.of("-1 1 a true", "-1 3 null false", "1 1 x false", "1 4 d true");
    assertThat(changes(0)).isEqualTo(told);
    assertThat(feed().rows(after(0)).count()).isEqualTo(followed ? 4 : 6);
    rewrite(2, "('d')", "(5, 'e', true)");
    assertThat(changes(1)).containsExactly("-1 4 d true", "1 5 e true");
    DeltaTable.forPath(spark, warehouse.path(TABLE).toString()).optimize().executeCompaction();
    assertThat(changes(2)).isEmpty();
    DeltaTable.forPath(spark, warehouse.path(TABLE).toString()).delete(col("id").equalTo(2));
    assertThat(changes(2)).containsExactly("-1 2 b true");
  }

  @Test
  void aTableThatIsRestoredOverwrittenOrGainsAnotherTypeHasAGap() {
    create(true);
    rewrite(1, "('a')", "(1, 'x', true)");
    assertThat(feed().gap(after(-1)))
        .hasValue("silver.numbers_history is new, was made anew, or was put back from a backup");
    DeltaTable.forPath(spark, warehouse.path(TABLE).toString()).restoreToVersion(0);
    assertThat(feed().gap(after(1))).hasValue("silver.numbers_history was restored");
    assertThat(feed().gap(after(2))).isEmpty();
    new TableOverwrite(spark, warehouse, TABLE)
        .commit(rows("(1, 'a', true)"), log().description(), new CommitTag("anew", 1, "{}"));
    assertThat(feed().gap(after(2))).hasValue("silver.numbers_history was rebuilt");
  }
}
