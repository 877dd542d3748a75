package io.assay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTest {

  @Test
  void referencesAreFoundWhereverTheyStand() {
    SqlQuery query =
        SqlQuery.parse(
            """
            -- a comment
            WITH paid AS (SELECT * FROM silver.payments p),
                 big AS (SELECT * FROM paid WHERE amount > (SELECT avg(amount) FROM silver.payments))
            SELECT o.id, (SELECT max(day) FROM gold.calendar) AS day
            FROM silver.orders AS o
            LEFT JOIN big ON big.order_id = o.id
            CROSS JOIN LATERAL (SELECT count(*) AS n FROM silver.order_items i WHERE i.order_id = o.id)
            WHERE EXISTS (SELECT 1 FROM silver.customers_history c WHERE c.id = o.customer_id)
              AND o.id NOT IN (SELECT id FROM bronze.blocked)
            UNION ALL
            SELECT * FROM Silver.`Returns`
            """);
    assertThat(query.references())
        .extracting(r -> r.line() + ":" + r.column() + " " + String.join(".", r.parts()))
        .containsExactly(
            "2:29 silver.payments",
            "3:73 silver.payments",
            "4:36 gold.calendar",
            "5:6 silver.orders",
            "7:47 silver.order_items",
            "8:29 silver.customers_history",
            "9:35 bronze.blocked",
            "11:15 Silver.Returns");
    assertThat(query.tables())
        .extracting(TableName::toString)
        .containsExactly(
            "bronze.blocked",
            "silver.customers_history",
            "silver.order_items",
            "silver.orders",
            "silver.payments",
            "silver.returns",
            "gold.calendar");
    assertThat(query.problems()).isEmpty();
  }

  @Test
  void aNameIsADefinitionOnlyWhereItsWithReaches() {
    SqlQuery query =
        SqlQuery.parse(
            """
            WITH a AS (SELECT * FROM a),
                 b AS (WITH c AS (SELECT * FROM A) SELECT * FROM c)
            SELECT * FROM b JOIN c WHERE x IN (SELECT x FROM a)
            """);
    assertThat(query.references())
        .extracting(r -> r.line() + " " + r.parts())
        .containsExactly("1 [a]", "3 [c]");
    assertThat(query.problems())
        .extracting(SqlProblem::message)
        .containsExactly(
            "a is no public name of a table; write its layer, as in silver.a",
            "c is no public name of a table; write its layer, as in silver.c");
  }

  @Test
  void whatIsNoFunctionOfNamedTablesIsRefusedWithItsPlace() {
    assertThat(problems("SELECT * FROM delta.`/secret/table`"))
        .containsExactly(
            "1:15 delta./secret/table is no public name of a table; public names are bronze.X,"
                + " silver.X, silver.X_history, quarantine.X, gold.X, and paths cannot be read");
    assertThat(problems("SELECT * FROM a.b.c").get(0)).startsWith("1:15 a.b.c is no public name");
    assertThat(problems("SELECT * FROM silver.x VERSION AS OF 3").get(0)).contains("VERSION AS OF");
    assertThat(problems("SELECT * FROM IDENTIFIER('silver.' || 'x')").get(0))
        .contains("IDENTIFIER");
    assertThat(problems("SELECT IDENTIFIER('now')() FROM silver.x").get(0)).contains("IDENTIFIER");
    assertThat(problems("SELECT * FROM silver.x WHERE a = :a").get(0)).contains("parameters");
    assertThat(problems("SELECT * FROM table_changes('silver.x', 1)").get(0))
        .contains("table function table_changes");
    assertThat(problems("SELECT TRANSFORM(a) USING 'cat' AS b FROM silver.x").get(0))
        .contains("runs a program");
    assertThat(problems("SELECT * FROM silver.x, LATERAL explode(xs), range(3)")).isEmpty();
  }

  @Test
  void whatTheTablesDoNotSettleIsNamedWithItsPlace() {
    SqlQuery query =
        SqlQuery.parse(
            """
            SELECT now() AS a, current_date AS b, uuid(), unix_timestamp(), unix_timestamp(t),
              sum(x) OVER w
            FROM (SELECT * FROM silver.x TABLESAMPLE (10 PERCENT)) y
            WHERE t > current_timestamp() - INTERVAL 1 DAY AND y.current_date = 1
            WINDOW w AS (ORDER BY rand())
            """);
    assertThat(query.timeDependence())
        .extracting(p -> p.line() + ":" + p.column() + " " + p.message().split(" ")[0])
        .containsExactly(
            "1:8 now()",
            "1:20 current_date",
            "1:39 uuid()",
            "1:47 unix_timestamp()",
            "3:30 TABLESAMPLE",
            "4:11 current_timestamp()",
            "5:23 rand()");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM silver.x WHERE day >= DATE 'today' - INTERVAL 30 DAYS # 1:38 'today'",
        "SELECT timestamp\"now\" AS t FROM silver.x # 1:8 'now'",
        "SELECT CAST(' Yesterday' AS DATE) AS d FROM silver.x # 1:8 'yesterday'",
        "SELECT id FROM silver.x WHERE day > 'tomorrow' # 'tomorrow'",
        "SELECT id FROM silver.x WHERE at < concat('to', 'day') # 'today'",
        "SELECT to_date('now') AS d FROM silver.x # 'now'",
        "SELECT id, user FROM silver.x # 1:12 user",
        "SELECT current_user AS u FROM silver.x # 1:8 current_user",
        "SELECT aes_encrypt('a', '0123456789abcdef') AS a FROM silver.x # 1:8 aes_encrypt()"
      })
  void timesOfTheRunAreFoundInTextsToo(String sqlAndProblem) {
    String[] parts = sqlAndProblem.split(" # ");
    SqlQuery query = SqlQuery.parse(parts[0]);
    StructType columns = StructType.fromDDL("id int, day date, at timestamp, name string");
    SqlSyntaxException problem =
        catchThrowableOfType(SqlSyntaxException.class, () -> query.schema(table -> columns));
    assertThat(problem.line() + ":" + problem.column() + " " + problem.getMessage())
        .contains(parts[1]);
  }

  @Test
  void wordsThatAreNoTimesAreFine() {
    StructType columns = StructType.fromDDL("id int, day date, name string, user string");
    SqlQuery query =
        SqlQuery.parse(
            "SELECT x.user, aes_encrypt('a', '0123456789abcdef', 'ECB') AS a FROM silver.x"
                + " WHERE name = 'today' AND day > 'epoch' AND day > DATE '2026-01-01'"
                + " AND CAST(name AS DATE) > day");
    assertThat(query.schema(table -> columns).size()).isEqualTo(2);
  }

  @Test
  void aSyntaxErrorIsOneLineWithItsPlace() {
    SqlSyntaxException problem =
        catchThrowableOfType(
            SqlSyntaxException.class,
            () -> SqlQuery.parse("SELECT a\nFORM silver.orders WHERE 1 = 1"));
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(6);
    assertThat(problem.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(problem).hasMessage("Syntax error at or near 'silver'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DROP TABLE silver.x",
        "INSERT INTO gold.x SELECT * FROM silver.x",
        "WITH a AS (SELECT 1) INSERT INTO gold.x SELECT * FROM a",
        "FROM silver.x INSERT INTO gold.a SELECT * INSERT INTO gold.b SELECT *",
        "DELETE FROM silver.x",
        "UPDATE silver.x SET a = 1",
        "MERGE INTO silver.x USING silver.y ON x.a = y.a WHEN MATCHED THEN DELETE",
        "CREATE TABLE gold.x AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "SHOW TABLES",
        "DESCRIBE silver.x",
        "SET a = b",
        "USE x",
        "CACHE TABLE silver.x",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE silver.x"
      })
  void onlyOneQueryIsTaken(String text) {
    assertThatThrownBy(() -> SqlQuery.parse(text)).isInstanceOf(SqlSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1;",
        "VALUES (1), (2)",
        "FROM silver.x SELECT a",
        "TABLE silver.x",
        "(SELECT 1) UNION (SELECT 2) ORDER BY 1 LIMIT 3",
        "SELECT * FROM silver.x PIVOT (sum(a) FOR b IN (1, 2))",
        "SELECT a, grouping_id() FROM silver.x GROUP BY CUBE (a, b) HAVING count(*) > 1",
        "SELECT /*+ BROADCAST(x) */ * FROM silver.x LATERAL VIEW OUTER explode(xs) e AS x"
      })
  void everyFormOfAQueryIsTaken(String text) {
    assertThat(SqlQuery.parse(text).problems()).isEmpty();
  }

  private static List<String> problems(String text) {
    return SqlQuery.parse(text).problems().stream()
        .map(p -> p.line() + ":" + p.column() + " " + p.message())
        .toList();
  }
}
