package io.assay.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRewriteTest {
  private static final TableName TABLE = TableName.silver("numbers_history");

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private Warehouse warehouse;

  /** 240 numbers in 24 files, 0 to 9 in the first, of which the lower half are small. */
  @BeforeEach
  void aTableOfManyFiles() {
    warehouse = new Warehouse(new org.apache.hadoop.fs.Path(folder.resolve("a b").toUri()));
    spark
        .range(0, 240, 1, 24)
        .select(
            col("id"),
            lit("old").as("name"),
            col("id").lt(120).as("small"),
            col("id").mod(10).as("digit"))
        .write()
        .format("delta")
        .partitionBy("small")
        .save(warehouse.path(TABLE).toString());
  }

  @Test
  void onlyFilesThatHoldAReplacedRowAreWrittenAgain() {
    Set<String> before = files();
    rewrite(lit(true), rows("small", 13, 218), 1);
    assertThat(read().count()).isEqualTo(240);
    assertThat(names(13, 14, 218)).containsExactly("13 new", "14 old", "218 new");
    Set<String> after = files();
    assertThat(before.stream().filter(file -> !after.contains(file))).hasSize(2);
  }

  @Test
  void filesThatTheConditionExcludesAreNotLookedAt() {
    Set<String> before = files();
    // The row 218 is outside, so the old one stays.
    rewrite(col("small").equalTo(true).and(col("digit").lt(100)), rows("small", 13, 218), 1);
    assertThat(names(13, 218)).containsExactly("13 new", "218 new", "218 old");
    Set<String> after = files();
    assertThat(before.stream().filter(file -> !after.contains(file))).hasSize(1);
  }

  @Test
  void aBatchIsCommittedOnceAndColumnsAreGainedButNotChanged() {
    Dataset<Row> gaining = rows("small", 13).withColumn("extra", lit(1.5));
    rewrite(lit(true), gaining, 2);
    rewrite(lit(true), rows("small", 14), 2);
    assertThat(names(13, 14)).containsExactly("13 new", "14 old");
    assertThat(new TableLog(spark, warehouse, TABLE).state().version()).isEqualTo(1);
    assertThat(new TableLog(spark, warehouse, TABLE).lastBatch("a")).hasValue(2);
    StructType schema = read().schema();
    assertThat(schema.fieldNames()).containsExactly("id", "name", "small", "digit", "extra");
    assertThat(read().where("extra is null").count()).isEqualTo(239);

    assertThatThrownBy(() -> rewrite(lit(true), rows("'no'", 15), 3))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("small: string instead of boolean");
  }

  private void rewrite(org.apache.spark.sql.Column within, Dataset<Row> rows, long batch) {
    new TableRewrite(spark, warehouse, TABLE)
        .commit(within, rows.select("id"), rows, new CommitTag("a", batch, "{}"));
  }

  private Dataset<Row> rows(String small, int... ids) {
    return spark
        .createDataset(
            Arrays.stream(ids).mapToObj(id -> (long) id).toList(),
            org.apache.spark.sql.Encoders.LONG())
        .toDF("id")
        .withColumn("small", col("id").lt(120))
        .selectExpr("id", "'new' as name", small + " as small", "id % 10 as digit");
  }

  private List<String> names(Integer... ids) {
    return read()
        .where(col("id").isin((Object[]) ids))
        .orderBy("id", "name")
        .collectAsList()
        .stream()
        .map(row -> row.getLong(0) + " " + row.getString(1))
        .toList();
  }

  private Set<String> files() {
    return Set.of(read().inputFiles());
  }

  private Dataset<Row> read() {
    return spark.read().format("delta").load(warehouse.path(TABLE).toString());
  }
}
