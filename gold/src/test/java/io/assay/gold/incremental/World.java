package io.assay.gold.incremental;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.sql.SqlQuery;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Small tables in memory, as they were and as they are, and queries over them. */
final class World {
  private final SparkSession spark = TestSpark.session();
  private final Map<TableName, StructType> columns = new TreeMap<>();
  private final Map<TableName, List<Row>> before = new TreeMap<>();
  private final Map<TableName, List<Row>> now = new TreeMap<>();

  /** A table of these columns, which holds nothing. */
  void table(String name, String columns) {
    TableName table = TableName.of(name);
    this.columns.put(table, StructType.fromDDL(columns));
    before.put(table, List.of());
    now.put(table, List.of());
  }

  /** The table's rows from now on; those of the other tables stay. */
  void set(String name, List<Row> rows) {
    now.put(TableName.of(name), List.copyOf(rows));
  }

  /** What is, was. */
  void settle() {
    before.putAll(now);
  }

  MaintainedQuery query(String sql, List<String> key) {
    return MaintainedQuery.of(bound(sql, now).queryExecution().analyzed(), key);
  }

  /** The query's rows over the tables as they were. */
  List<Row> full(String sql) {
    return bound(sql, now).collectAsList();
  }

  private Dataset<Row> bound(String sql, Map<TableName, List<Row>> rows) {
    return SqlQuery.parse(sql)
        .bind(spark, table -> spark.createDataFrame(rows.get(table), columns.get(table)));
  }

  /** The changed rows of each table that the query reads. */
  private Map<TableName, Dataset<Row>> changes(MaintainedQuery query) {
    Map<TableName, Dataset<Row>> changes = new TreeMap<>();
    query
        .columns()
        .forEach(
            (table, used) -> {
              List<Row> changed = new ArrayList<>(minus(before.get(table), now.get(table)));
              changed.addAll(minus(now.get(table), before.get(table)));
              if (!changed.isEmpty()) {
                changes.put(
                    table,
                    spark
                        .createDataFrame(changed, columns.get(table))
                        .select(
                            used.stream()
                                .map(name -> col("`" + name + "`"))
                                .toArray(Column[]::new)));
              }
            });
    return changes;
  }

  private static List<Row> minus(List<Row> rows, List<Row> others) {
    List<Row> left = new ArrayList<>(rows);
    others.forEach(left::remove);
    return left;
  }

  /** The keys that the changes may have touched. */
  List<Row> affected(String sql, List<String> key) {
    MaintainedQuery query = query(sql, key);
    return query.affected(spark, changes(query)).collectAsList();
  }

  /**
   * Brings a result up to date from the changes, and compares it with the whole.
   *
   * @param kept the result as it was
   * @return the result as it is
   */
  List<Row> maintained(String sql, List<String> key, List<Row> kept) {
    MaintainedQuery query = query(sql, key);
    assertThat(query.obstacles()).as(sql).isEmpty();
    Dataset<Row> affected = query.affected(spark, changes(query));
    List<Row> keys = affected.collectAsList();
    List<Row> maintained = new ArrayList<>(kept);
    if (!keys.isEmpty()) {
      Dataset<Row> asked = spark.createDataFrame(keys, affected.schema());
      List<Row> again = query.restricted(spark, asked, bounds(asked)).collectAsList();
      StructType schema = bound(sql, now).schema();
      maintained.removeIf(row -> keys.contains(key(row, schema, key)));
      maintained.addAll(again);
    }
    List<Row> full = full(sql);
    assertThat(maintained).as(sql).containsExactlyInAnyOrderElementsOf(full);
    return full;
  }

  private static KeyBounds bounds(Dataset<Row> keys) {
    List<Column> measures = KeyBounds.measures(keys.schema());
    if (measures.isEmpty()) {
      return KeyBounds.NONE;
    }
    Row measured =
        keys.agg(measures.get(0), measures.subList(1, measures.size()).toArray(Column[]::new))
            .first();
    Map<String, Object> named = new TreeMap<>();
    for (String name : measured.schema().fieldNames()) {
      named.put(name, measured.getAs(name));
    }
    return KeyBounds.of(keys.schema(), named);
  }

  private static Row key(Row row, StructType schema, List<String> key) {
    Object[] values = key.stream().map(name -> row.get(schema.fieldIndex(name))).toArray();
    return org.apache.spark.sql.RowFactory.create(values);
  }
}
