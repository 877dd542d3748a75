package io.assay.gold.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shape of query, each of its sides changed, and both at once: kept equals computed anew. */
class QueryShapesTest {
  private static final List<String> ID = List.of("id");

  private final World world = new World();
  private List<Row> kept = List.of();

  @BeforeEach
  void twoTablesAndAHistory() {
    world.table("silver.a", "id int, grp string, n int");
    world.table("silver.b", "id int, a_id int, m int");
    world.table("silver.c_history", "id int, name string, valid_from int, valid_to int");
    world.set("silver.a", rows(a(1, "x", 1), a(2, "y", 2), a(3, null, 3), a(4, "x", 9)));
    world.set(
        "silver.b", rows(b(10, 1, 5), b(11, 1, 6), b(12, 2, 7), b(13, 99, 8), b(14, null, 1)));
    world.set(
        "silver.c_history", rows(c(1, "old", 0, 5), c(1, "new", 5, null), c(2, "only", 0, null)));
    world.settle();
  }

  /** Every change that tells a join's sides apart. */
  private void everyChange(String sql, List<String> key) {
    kept = world.full(sql);
    // the left side: a match appears, goes, changes its partner; a row without partner
    step(sql, key, "silver.a", a(2, "y", 2), a(3, null, 3), a(4, "x", 9), a(5, "z", 1));
    step(sql, key, "silver.a", a(2, "x", 2), a(3, "y", 3), a(99, null, 9), a(5, "z", 4));
    // the right side: first and last partner of a row
    step(sql, key, "silver.b", b(11, 1, 6), b(12, 2, 7), b(13, 99, 8), b(15, 3, 1));
    step(sql, key, "silver.b", b(12, 3, 7), b(13, null, 8), b(15, 3, 1), b(16, 5, 1));
    step(sql, key, "silver.b");
    // both at once
    world.set("silver.b", rows(b(10, 1, 5), b(11, 2, 6), b(12, 5, 7), b(14, null, 1)));
    step(sql, key, "silver.a", a(1, "x", 1), a(2, null, 2), a(7, "q", 0));
    world.set("silver.b", rows(b(10, 7, 5), b(12, 1, 7), b(17, 8, 7)));
    step(sql, key, "silver.a", a(1, "x", 1), a(2, "y", 3), a(8, "q", 0));
    assertThat(world.affected(sql, key)).as("nothing changed").isEmpty();
  }

  private void step(String sql, List<String> key, String table, Row... rows) {
    world.set(table, List.of(rows));
    kept = world.maintained(sql, key, kept);
    world.settle();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"})
  void aJoinIsFollowedFromBothSides(String join) {
    everyChange(
        "SELECT a.id AS id, b.id AS b_id, grp, m FROM silver.a %s silver.b ON b.a_id = a.id"
            .formatted(join),
        List.of("id", "b_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"})
  void aSumOverAJoinIsFollowedFromBothSides(String join) {
    everyChange(
        ("SELECT grp, count(*) AS n, count(b.id) AS bs, sum(m) AS m FROM silver.a"
                + " %s silver.b ON b.a_id = a.id AND b.m > a.n GROUP BY grp")
            .formatted(join),
        List.of("grp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT JOIN", "RIGHT JOIN", "FULL JOIN"})
  void aJoinOfSumsIsFollowedThroughTheKeyOfEitherSide(String join) {
    everyChange(
        ("WITH paid AS (SELECT a_id, count(*) AS bs, sum(m) AS m FROM silver.b GROUP BY a_id)"
                + " SELECT coalesce(a.id, paid.a_id) AS id, grp, coalesce(m, 0) AS m"
                + " FROM silver.a %s paid ON paid.a_id = a.id WHERE coalesce(m, 0) <> coalesce(n, 0)")
            .formatted(join),
        ID);
  }

  @Test
  void rowsWithoutAPartnerAreFollowed() {
    everyChange(
        "SELECT a.id, a.n FROM silver.a LEFT JOIN silver.b ON b.a_id = a.id WHERE b.id IS NULL",
        ID);
    everyChange("SELECT a.id, a.n FROM silver.a LEFT ANTI JOIN silver.b ON b.a_id = a.id", ID);
    everyChange("SELECT a.id, a.n FROM silver.a LEFT SEMI JOIN silver.b ON b.a_id = a.id", ID);
  }

  @Test
  void existsAndInAreFollowed() {
    everyChange(
        "SELECT id, n FROM silver.a WHERE EXISTS (SELECT 1 FROM silver.b WHERE b.a_id = a.id AND m > 5)",
        ID);
    everyChange(
        "SELECT id, n FROM silver.a WHERE NOT EXISTS (SELECT 1 FROM silver.b WHERE b.a_id = a.id)",
        ID);
    everyChange(
        "SELECT id, n FROM silver.a WHERE id IN (SELECT a_id FROM silver.b WHERE m > 5)", ID);
  }

  @Test
  void aSumMayCrossAThreshold() {
    everyChange(
        "SELECT grp, sum(n) AS n FROM silver.a GROUP BY grp HAVING sum(n) > 3", List.of("grp"));
    everyChange(
        "SELECT grp, sum(m) AS m FROM silver.a JOIN silver.b ON b.a_id = a.id GROUP BY grp"
            + " HAVING count(*) > 1",
        List.of("grp"));
  }

  @Test
  void aSumOfSumsIsFollowed() {
    everyChange(
        "WITH orders AS (SELECT a.id, a.grp, sum(m) AS m FROM silver.a LEFT JOIN silver.b"
            + " ON b.a_id = a.id GROUP BY a.id, a.grp)"
            + " SELECT grp, count(*) AS n, sum(m) AS m, max(m) AS most FROM orders GROUP BY grp",
        List.of("grp"));
  }

  @Test
  void unionsAndDistinctRowsAreFollowed() {
    everyChange(
        "SELECT id, sum(n) AS n FROM (SELECT id, n FROM silver.a UNION ALL"
            + " SELECT a_id, m FROM silver.b) GROUP BY id",
        ID);
    everyChange("SELECT id FROM silver.a UNION SELECT a_id FROM silver.b", ID);
    everyChange("SELECT DISTINCT grp FROM silver.a", List.of("grp"));
    everyChange("SELECT grp, count(DISTINCT n) AS ns FROM silver.a GROUP BY grp", List.of("grp"));
    everyChange("SELECT id FROM silver.a INTERSECT SELECT a_id FROM silver.b", ID);
    everyChange("SELECT id FROM silver.a EXCEPT SELECT a_id FROM silver.b", ID);
    everyChange("SELECT id FROM silver.a EXCEPT ALL SELECT a_id FROM silver.b", ID);
  }

  @Test
  void windowsByTheKeyOrByMoreOfTheTableAreFollowed() {
    everyChange(
        "SELECT id, n FROM (SELECT id, n, row_number() OVER (PARTITION BY id ORDER BY n) AS place"
            + " FROM silver.a) WHERE place = 1",
        ID);
    everyChange(
        "SELECT id, grp, sum(n) OVER (PARTITION BY grp) AS n,"
            + " rank() OVER (PARTITION BY grp ORDER BY n, id) AS place FROM silver.a",
        ID);
    everyChange(
        "SELECT b.id, a.grp, sum(m) OVER (PARTITION BY a.grp) AS share FROM silver.b"
            + " LEFT JOIN silver.a ON b.a_id = a.id",
        ID);
  }

  @Test
  void aTableThatIsReadTwiceIsFollowedInBothPlaces() {
    everyChange(
        "WITH sums AS (SELECT grp, sum(n) AS n FROM silver.a GROUP BY grp)"
            + " SELECT a.id, sums.n AS whole, a.n FROM silver.a JOIN sums ON sums.grp <=> a.grp",
        ID);
    everyChange(
        "WITH x AS (SELECT * FROM silver.b WHERE m > 2)"
            + " SELECT one.id, other.id AS other FROM x AS one JOIN x AS other"
            + " ON one.a_id = other.a_id AND one.id < other.id",
        List.of("id", "other"));
  }

  @Test
  void explodedRowsBelongToTheirRow() {
    everyChange(
        "SELECT id, sum(item) AS items FROM silver.a LATERAL VIEW explode(sequence(1, n)) items AS item"
            + " GROUP BY id",
        ID);
  }

  @Test
  void aConstantTableMayBeCrossed() {
    everyChange(
        "SELECT a.id, f.factor, a.n * f.factor AS n FROM silver.a"
            + " CROSS JOIN (VALUES (1), (2)) AS f(factor)",
        List.of("id", "factor"));
  }

  @Test
  void aRepairedHistoryMovesWhatWasJoinedAsOf() {
    String sql =
        "SELECT b.id, b.m, coalesce(c.name, 'unknown') AS name FROM silver.b"
            + " LEFT JOIN silver.c_history AS c ON c.id = b.a_id"
            + " AND c.valid_from <= b.m AND (c.valid_to IS NULL OR b.m < c.valid_to)";
    kept = world.full(sql);
    assertThat(kept).contains(RowFactory.create(10, 5, "new"), RowFactory.create(14, 1, "unknown"));
    step(
        sql,
        ID,
        "silver.c_history",
        c(1, "old", 0, 3),
        c(1, "late", 3, 6),
        c(1, "new", 6, null),
        c(2, "only", 0, null));
    assertThat(world.full(sql)).contains(RowFactory.create(10, 5, "late"));
    step(sql, ID, "silver.c_history", c(2, "only", 8, null));
    String by =
        "SELECT c.name, count(*) AS n, sum(b.m) AS m FROM silver.b"
            + " JOIN silver.c_history AS c ON c.id = b.a_id"
            + " AND c.valid_from <= b.m AND (c.valid_to IS NULL OR b.m < c.valid_to) GROUP BY c.name";
    kept = world.full(by);
    step(by, List.of("name"), "silver.c_history", c(1, "old", 0, 6), c(1, "only", 6, null));
    step(by, List.of("name"), "silver.c_history", c(1, "old", 0, null), c(2, "only", 0, 9));
    world.set("silver.b", rows(b(10, 1, 5), b(11, 2, 9), b(12, 2, 7)));
    step(by, List.of("name"), "silver.c_history", c(1, null, 0, null), c(2, "only", 0, 9));
  }

  @Test
  void onlyTheKeysOfTheChangedRowsAreComputed() {
    String sql =
        "SELECT grp, sum(m) AS m FROM silver.a JOIN silver.b ON b.a_id = a.id GROUP BY grp";
    world.set(
        "silver.b", rows(b(10, 1, 5), b(11, 1, 6), b(12, 2, 70), b(13, 99, 8), b(14, null, 1)));
    assertThat(world.affected(sql, List.of("grp"))).containsExactly(RowFactory.create("y"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, row_number() OVER (ORDER BY n) AS p FROM silver.a # a window over all rows",
        "SELECT id, ntile(2) OVER (PARTITION BY id ORDER BY n) AS p FROM silver.a # ntile() depends",
        "SELECT id FROM silver.a ORDER BY n LIMIT 3 # LIMIT and OFFSET",
        "SELECT id, first(n) AS n FROM silver.a GROUP BY id # first() depends",
        "SELECT id, collect_list(n) AS n FROM silver.a GROUP BY id # collect_list() depends",
        "SELECT id, collect_list(n) OVER (PARTITION BY grp) AS n FROM silver.a # collect_list() depends",
        "SELECT id, l[0] AS n, size(l) AS s FROM (SELECT id, collect_list(n) OVER (PARTITION BY id)"
            + " AS l FROM silver.a) # collect_list() depends",
        "SELECT id, size(l) AS s FROM (SELECT DISTINCT id, collect_list(n) OVER (PARTITION BY id)"
            + " AS l FROM silver.a) # collect_list() depends",
        "SELECT id, approx_count_distinct(n) AS n FROM silver.a GROUP BY id # approx_count_distinct()",
        "SELECT id, (SELECT max(m) FROM silver.b WHERE a_id = a.id) AS m FROM silver.a # a subquery",
        "SELECT id FROM silver.a WHERE id NOT IN (SELECT a_id FROM silver.b) # no equality",
        "SELECT id FROM silver.a WHERE NOT (grp = 'x' AND n IN (SELECT m FROM silver.b)) # inside NOT",
        "SELECT id FROM silver.a WHERE id > 0 AND (id IN (SELECT a_id FROM silver.b)) IS NULL # inside NOT",
        "SELECT a.id FROM silver.a JOIN silver.b ON a.id < b.id # no equality",
        "SELECT a.id FROM silver.a JOIN (SELECT max(m) AS m FROM silver.b) x ON x.m = a.id"
            + " # computed over several rows",
        "SELECT max(id) AS id FROM silver.a # its key id is computed over several rows",
        "SELECT n FROM silver.a # does not produce its key id"
      })
  void whatCannotBeFollowedIsSaid(String sqlAndReason) {
    String[] parts = sqlAndReason.split(" # ");
    assertThat(world.query(parts[0], ID).obstacles())
        .anySatisfy(reason -> assertThat(reason).contains(parts[1]));
  }

  @Test
  void listsWhoseOrderIsSettledAreFollowed() {
    everyChange(
        "SELECT grp, sort_array(collect_list(n)) AS ns, size(collect_set(n)) AS different"
            + " FROM silver.a GROUP BY grp",
        List.of("grp"));
    everyChange(
        "SELECT id, grp, array_join(sort_array(collect_list(n) OVER w), ',') AS ns,"
            + " size(collect_set(n) OVER w) AS different, count(*) OVER (PARTITION BY grp) AS n"
            + " FROM silver.a WINDOW w AS (PARTITION BY grp ORDER BY n"
            + " RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)",
        ID);
    assertThat(world.query("SELECT id FROM silver.a", List.of()).obstacles())
        .singleElement()
        .asString()
        .contains("no key");
  }

  private static List<Row> rows(Row... rows) {
    return new ArrayList<>(Stream.of(rows).toList());
  }

  private static Row a(Integer id, String group, Integer n) {
    return RowFactory.create(id, group, n);
  }

  private static Row b(Integer id, Integer a, Integer m) {
    return RowFactory.create(id, a, m);
  }

  private static Row c(Integer id, String name, Integer from, Integer to) {
    return RowFactory.create(id, name, from, to);
  }
}
