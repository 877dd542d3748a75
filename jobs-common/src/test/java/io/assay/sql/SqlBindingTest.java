package io.assay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlBindingTest {
  private static SparkSession spark;
  private static Map<TableName, Dataset<Row>> tables;

  @BeforeAll
  static void tables() {
    spark = TestSpark.session();
    tables =
        Map.of(
            TableName.silver("orders"),
            spark.sql(
                "SELECT * FROM VALUES (1, 'a', 10.00BD), (2, 'a', 20.00BD), (3, 'b', 5.50BD)"
                    + " AS t(id, customer, amount)"),
            TableName.silver("customers"),
            spark.sql(
                "SELECT * FROM VALUES ('a', 'Ada', array(1, 2)), ('b', 'Bob', array(3))"
                    + " AS t(id, name, xs)"));
  }

  @Test
  void aColumnIsNamedByItsTableItsFullNameOrAnAlias() {
    assertThat(
            rows(
                """
                SELECT orders.id, silver.orders.amount, c.name
                FROM silver.orders JOIN silver.customers AS c ON c.id = customer
                ORDER BY orders.id
                """))
        .containsExactly("[1,10.00,Ada]", "[2,20.00,Ada]", "[3,5.50,Bob]");
  }

  @Test
  void oneTableIsReadSeveralTimesInOneQuery() {
    assertThat(
            rows(
                """
                WITH big AS (SELECT * FROM silver.orders WHERE amount > 6),
                     totals AS (SELECT customer, sum(amount) AS total FROM silver.orders GROUP BY 1)
                SELECT a.id, b.id AS other, t.total,
                  (SELECT max(i.id) FROM silver.orders i WHERE i.customer = a.customer) AS last
                FROM silver.orders a
                JOIN silver.orders b ON a.customer = b.customer AND a.id < b.id
                JOIN totals t ON t.customer = a.customer
                WHERE EXISTS (SELECT 1 FROM big WHERE big.id = a.id)
                  AND a.id IN (SELECT id FROM silver.orders)
                UNION ALL
                SELECT id, id, amount, 0 FROM silver.orders WHERE id = 3
                """))
        .containsExactlyInAnyOrder("[1,2,30.00,2]", "[3,3,5.50,0]");
  }

  @Test
  void functionsWorkInEveryClause() {
    Map<String, SqlFunction> functions =
        Map.of(
            "rounded", new SqlFunction("rounded", List.of("x"), "cast(x AS INT)"),
            "doubled", new SqlFunction("doubled", List.of("xs", "f"), "transform(xs, x -> x * f)"));
    Dataset<Row> bound =
        SqlQuery.parse(
                """
                SELECT rounded(amount) AS a, sum(id) AS ids, sum(sum(id)) OVER w AS running
                FROM silver.orders
                WHERE rounded(amount) IN (SELECT rounded(amount) FROM silver.orders)
                GROUP BY rounded(amount)
                HAVING rounded(max(amount)) < 20
                WINDOW w AS (ORDER BY rounded(amount))
                """)
            .expand(functions)
            .bind(spark, tables::get);
    assertThat(strings(bound)).containsExactlyInAnyOrder("[5,3,3]", "[10,1,4]");
    Dataset<Row> lambdas =
        SqlQuery.parse(
                "SELECT transform(array(10, 100), x -> doubled(xs, x)) AS v FROM silver.customers"
                    + " WHERE id = 'a'")
            .expand(functions)
            .bind(spark, tables::get);
    assertThat(lambdas.first().getList(0).toString())
        .contains("WrappedArray(10, 20)", "WrappedArray(100, 200)");
  }

  @Test
  void whatDoesNotFitTheTablesIsSaidInOneLineWithItsPlace() {
    SqlSyntaxException problem =
        catchThrowableOfType(
            SqlSyntaxException.class, () -> bind("SELECT id,\n  amuont FROM silver.orders"));
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(3);
    assertThat(problem.getMessage()).contains("`amuont`").contains("`amount`").doesNotContain("\n");
    assertThat(
            catchThrowableOfType(
                SqlSyntaxException.class, () -> bind("SELECT now() FROM silver.orders")))
        .hasMessageContaining("time of the run");
    assertThat(
            catchThrowableOfType(
                SqlSyntaxException.class, () -> bind("SELECT nope(id) FROM silver.orders")))
        .hasMessageContaining("nope");
  }

  private static Dataset<Row> bind(String sql) {
    return SqlQuery.parse(sql).bind(spark, tables::get);
  }

  private static List<String> rows(String sql) {
    return strings(bind(sql));
  }

  private static List<String> strings(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
