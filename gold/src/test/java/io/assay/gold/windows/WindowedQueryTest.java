package io.assay.gold.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.sql.SqlQuery;
import io.assay.table.SavedStates;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowedQueryTest {
  private static final Map<TableName, StructType> TABLES =
      Map.of(
          TableName.silver("e"),
              StructType.fromDDL("id string, k string, t timestamp, u timestamp, n int"),
          TableName.silver("c"), StructType.fromDDL("k string, tier string, since timestamp"));

  private static WindowedQuery query(String sql) {
    return WindowedQuery.of(SqlQuery.parse(sql).analyzed(TABLES::get), TableName.silver("e"), "t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes') | x
          SELECT k, window.end AS x, count(DISTINCT id) AS n FROM silver.e WHERE n > 1 GROUP BY k, window(t, '10 minutes', '5 minutes', '1 minute') HAVING count(*) > 2 ORDER BY n | x
          SELECT session_window.start AS s, session_window.end AS x, k FROM silver.e GROUP BY session_window(t, '30 minutes'), k | x
          WITH w AS (SELECT session_window.end AS x, k, count(*) AS n FROM silver.e GROUP BY session_window(t, '30 minutes'), k) SELECT w.x, c.tier, n FROM w LEFT JOIN silver.c ON c.k = w.k | x
          SELECT window.end AS x, c.tier, sum(n) AS n FROM silver.e JOIN silver.c ON c.k = e.k AND c.since <= e.t GROUP BY window(t, '5 minutes'), c.tier | x
          SELECT window.end AS x, count(*) AS n FROM silver.e WHERE EXISTS (SELECT 1 FROM silver.c WHERE c.k = e.k) GROUP BY window(t, '5 minutes') | x
          WITH w AS (SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT x, k, n, rank() OVER (PARTITION BY x ORDER BY n DESC, k) AS r FROM w | x
          WITH w AS (SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT x, max(n) AS n FROM w GROUP BY x | x
          WITH w AS (SELECT window.start AS s, window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT a.x, a.k, b.k AS other FROM w a JOIN w b ON a.x = b.x AND a.k < b.k | x
          SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k UNION ALL SELECT window.end, 'all', count(*) FROM silver.e GROUP BY window(t, '5 minutes') | x
          WITH w AS (SELECT window, count(*) AS n FROM silver.e GROUP BY window(CAST(t AS TIMESTAMP), '1 day', '1 day', '18 hours')) SELECT window.end AS x, window_time(window) AS last, n FROM w | x
          WITH e AS (SELECT t AS at, k FROM silver.e) SELECT session_window.end AS x, k FROM e GROUP BY session_window(CAST(at AS TIMESTAMP), '30 minutes'), k | x
          """)
  void queriesOfOneWindowARowAreTaken(String sql, String end) {
    assertThat(query(sql).obstacles()).as(sql).isEmpty();
    assertThat(query(sql).end()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT k, count(*) AS n FROM silver.e GROUP BY k | it groups events of several windows
          SELECT count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes') | it does not return when its window ends
          SELECT id, t FROM silver.e | it does not return when its window ends
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(u, '5 minutes') | window() is made of t of silver.e
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(from_utc_timestamp(t, 'Europe/Berlin'), '1 day') | window() is made of t of silver.e as it is
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t - INTERVAL 6 HOURS, '1 day') | window() is made of t of silver.e as it is
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t + INTERVAL 6 HOURS, '10 minutes', '5 minutes') | window() is made of t of silver.e as it is
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(date_trunc('hour', t), '1 day') | window() is made of t of silver.e as it is
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(CAST(t AS TIMESTAMP_NTZ), '1 day') | window() is made of t of silver.e as it is
          WITH w AS (SELECT window, k FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT count(*) AS n FROM w GROUP BY window(window_time(window), '1 hour') | window() is made of t of silver.e as it is
          SELECT session_window.end AS x, k FROM silver.e GROUP BY session_window(t - INTERVAL 6 HOURS, '5 minutes'), k | session_window() is made of t of silver.e as it is
          SELECT session_window.end AS x, k FROM silver.e GROUP BY session_window(t, CASE WHEN hour(t) < 6 THEN '5 minutes' ELSE '1 minute' END), k | a gap that is the same for all events
          SELECT session_window.end AS x, k FROM silver.e GROUP BY session_window(t, CASE WHEN k = 'a' THEN '5 minutes' ELSE '1 minute' END), k | a gap that is the same for all events
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes') ORDER BY n LIMIT 3 | LIMIT and OFFSET
          WITH w AS (SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT max(x) AS x, k FROM w GROUP BY k | it groups events of several windows
          WITH w AS (SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes')) SELECT x, n - lag(n) OVER (ORDER BY x) AS more FROM w | OVER (…) looks at several windows
          WITH w AS (SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT w.x, e.id FROM w JOIN silver.e ON e.k = w.k | events of several windows are joined
          WITH w AS (SELECT window.end AS x, k FROM silver.e GROUP BY window(t, '5 minutes'), k) SELECT w.x, c.k FROM silver.c LEFT JOIN w ON c.k = w.k | an outer join gives rows of no window
          SELECT session_window.end AS x, c.tier FROM silver.e LEFT JOIN silver.c ON c.k = e.k GROUP BY session_window(t, '30 minutes'), c.tier | joined before they are grouped into sessions
          SELECT session_window.end AS x, k FROM silver.e GROUP BY session_window(t, '30 minutes'), k HAVING session_window.end > timestamp'2026-01-01' | which Spark would apply to events
          WITH a AS (SELECT window.end AS x FROM silver.e GROUP BY window(t, '5 minutes')), b AS (SELECT window.end AS x FROM silver.e GROUP BY window(t, '1 hour')) SELECT * FROM a UNION ALL SELECT * FROM b | windows of several kinds or lengths
          SELECT window.end AS x, first(k) AS k FROM silver.e GROUP BY window(t, '5 minutes') | depends on the order of rows
          SELECT window.end AS x, count(*) AS n FROM silver.e GROUP BY window(t, '5 minutes') UNION ALL SELECT since, 0 FROM silver.c | UNION with rows of no window
          SELECT window.end AS x, k, count(*) AS n FROM silver.e GROUP BY ROLLUP (window(t, '5 minutes'), k) | it groups events of several windows
          """)
  void queriesOverSeveralWindowsAreRefused(String sql, String reason) {
    assertThat(String.join("; ", query(sql).obstacles())).as(sql).contains(reason);
  }

  @Test
  void aWatermarkIsTheEndOfAWindow() {
    Instant newest = Instant.parse("2026-03-01T10:17:03.5Z");
    Duration lateness = Duration.ofMinutes(10);
    assertThat(watermark("window(t, '5 minutes')", newest)).isEqualTo("2026-03-01T10:05:00Z");
    assertThat(watermark("window(t, '5 minutes', '5 minutes', '2 minutes')", newest))
        .isEqualTo("2026-03-01T10:07:00Z");
    assertThat(watermark("window(t, '10 minutes', '3 minutes')", newest))
        .isEqualTo("2026-03-01T10:07:00Z");
    assertThat(watermark("session_window(t, '5 minutes')", newest))
        .isEqualTo(newest.minus(lateness).toString());
    assertThat(watermark("window(t, '7 days')", Instant.parse("1969-12-31T00:20:00Z")))
        .isEqualTo("1969-12-25T00:00:00Z");
  }

  private static String watermark(String window, Instant newest) {
    String sql =
        "SELECT %s.end AS x FROM silver.e GROUP BY %s"
            .formatted(window.startsWith("s") ? "session_window" : "window", window);
    return query(sql).watermark(newest, Duration.ofMinutes(10)).toString();
  }

  @Test
  void marksAreKeptAsTheyAre() {
    Instant time = Instant.parse("2026-03-01T10:17:03.500001Z");
    LateArrivals arrivals = new LateArrivals(3, 5, time, time.minusSeconds(1));
    WindowMarks marks =
        new WindowMarks(
            Optional.of(time),
            Optional.of(time),
            List.of(arrivals, arrivals),
            Optional.of(arrivals));
    assertThat(WindowMarks.of(marks.saved())).contains(marks);
    assertThat(WindowMarks.of(WindowMarks.NONE.saved())).contains(WindowMarks.NONE);
    assertThat(WindowMarks.of(new SavedStates("other", Map.of()))).isEmpty();
  }
}
