package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay serve}, asked by Hive's plain JDBC driver. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeTest {
  private static final Pattern ADDRESS = Pattern.compile("jdbc:hive2://127\\.0\\.0\\.1:\\d+/");
  private static final String ALLOWED = "only queries, SHOW";
  private static final String NO_TABLE = "there is no table";
  private static final String REACHES_OUT = "reaches out of the tables";

  @TempDir private static Path temporary;

  private static SmallProject project;
  private static Process server;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    project = SmallProject.in(temporary.resolve("project"));
    KilledProject.run(project, job -> true);
    server = AssayProcess.launched(project, Map.of("SECRET", "gold"), "serve", "--port", "0");
    address = await(ADDRESS);
  }

  @AfterAll
  static void end() {
    server.destroyForcibly();
  }

  @Test
  @Order(1)
  void itListsGoldAndTheCurrentRowsOfSilverWithTheirComments() throws Exception {
    try (HiveClient client = new HiveClient(address + "gold")) {
      assertThat(client.tables("gold")).containsExactly("daily|What was spent in each city.");
      assertThat(client.tables("silver")).containsExactly("customers|", "events|");
      assertThat(client.columns("gold", "daily"))
          .containsExactly(
              "city|STRING|Where.",
              "amount|DECIMAL(14,2)|The sum of all events of those who live there now.");
      assertThat(client.rows("SHOW SCHEMAS")).contains("gold", "silver");
      assertThat(client.rows("SHOW TABLES")).containsExactly("gold|daily|false");
      assertThat(client.rows("DESCRIBE daily")).contains("city|string|Where.");
    }
  }

  @Test
  @Order(2)
  void queriesReadTheRowsOfTheirNamesAndNothingOfTheConnection() throws Exception {
    String settings = "?spark.sql.variable.substitute=true;spark.sql.runSQLOnFiles=true";
    try (HiveClient client = new HiveClient(address + "default" + settings + "#a=b")) {
      assertThat(client.rows("SELECT * FROM gold.daily ORDER BY city"))
          .containsExactly("Hull|10.00", "Leeds|21.75");
      client.rows("USE gold");
      assertThat(
              client.rows(
                  "WITH big AS (SELECT * FROM daily WHERE amount > 20) SELECT big.city,"
                      + " customers.customer_id, current_date() > DATE'2020-01-01' FROM big JOIN"
                      + " silver.customers ON customers.city = big.city"))
          .containsExactly("Leeds|b|true");
      assertThat(client.rows("EXPLAIN SELECT * FROM daily").get(0)).contains("Physical Plan");
      assertThat(client.rows("SELECT /*+ BROADCAST(daily) */ max(city) FROM daily"))
          .containsExactly("Leeds");
      assertThat(client.rows("SELECT '${env:SECRET} ${system:user.home} ${a}'"))
          .containsExactly("${env:SECRET} ${system:user.home} ${a}");
      assertThatThrownBy(() -> client.rows("SELECT * FROM text.`/etc/passwd`"))
          .hasMessageContaining(NO_TABLE);
    }
  }

  @Test
  @Order(3)
  void everyWayToWriteOrToEscapeIsRefused() throws Exception {
    Map<String, Integer> before = project.commits();
    List<String[]> refused = refused();
    assertThat(refused).hasSizeGreaterThan(100);
    try (HiveClient client = new HiveClient(address + "gold")) {
      SoftAssertions all = new SoftAssertions();
      for (String[] way : refused) {
        all.assertThatThrownBy(() -> client.rows(way[0]))
            .as(way[0])
            .isInstanceOf(SQLException.class)
            .hasMessageContaining(way[1]);
      }
      all.assertAll();
      assertThat(client.tables("gold")).hasSize(1);
    }
    assertThatThrownBy(() -> new HiveClient(address + "bronze"))
        .hasMessageContaining("there is no schema bronze");
    assertThat(project.commits()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void laterQueriesOfAConnectionSeeNewVersionsAndASignalEndsIt() throws Exception {
    try (HiveClient client = new HiveClient(address + "gold")) {
      assertThat(client.rows("SELECT sum(amount) FROM daily")).containsExactly("31.75");
      project.laterDays();
      KilledProject.run(project, job -> true);
      assertThat(client.rows("SELECT sum(amount) FROM daily")).doesNotContain("31.75");
    }
    server.destroy();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
    assertThat(server.exitValue()).as(said()).isZero();
    assertThat(said()).contains("stopping");
  }

  private static List<String[]> refused() throws Exception {
    String text =
        Files.readString(Installation.root().resolve("e2e/src/test/resources/refused.sql"));
    Map<String, String> messages =
        Map.of("allowed", ALLOWED, "table", NO_TABLE, "function", REACHES_OUT);
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" *-- ", 2))
        .map(line -> new String[] {line[0], messages.getOrDefault(line[1], line[1])})
        .toList();
  }

  private static String await(Pattern pattern) throws Exception {
    Instant patience = Instant.now().plus(Duration.ofMinutes(3));
    while (true) {
      Matcher matcher = pattern.matcher(said());
      if (matcher.find()) {
        return matcher.group();
      }
      assertThat(server.isAlive()).as(said()).isTrue();
      assertThat(Instant.now()).as(said()).isBefore(patience);
      Thread.sleep(100);
    }
  }

  private static String said() throws Exception {
    return Files.readString(project.folder().resolve("output.txt"));
  }
}
