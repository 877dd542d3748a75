package io.assay.bronze.jdbc;

import static io.assay.bronze.jdbc.Tables.changes;
import static io.assay.bronze.jdbc.Tables.snapshots;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same from MariaDB: its values, changes and snapshots, and what it refuses. */
class JdbcMariaTest {
  @TempDir Path folder;

  @Test
  void valuesChangesAndSnapshotsComeAsFromPostgres() throws Exception {
    try (MariaServer server = MariaServer.start(folder.resolve("server"))) {
      values(server);
      changesOnce(server);
      faults(server);
    }
  }

  private void values(MariaServer server) {
    server.execute(
        "SET sql_mode = ''",
        """
        CREATE TABLE `Odd` (
          id int PRIMARY KEY, `select` tinyint(1), big bigint unsigned, middle int unsigned,
          exact decimal(10,2), huge decimal(50,1), ratio double, bytes blob, words text,
          feeling enum('glad', 'sad'), document json, bits bit(3), `when` year,
          moment timestamp(6) NULL, local datetime(6), day date, span time)
        """,
        """
        INSERT INTO `Odd` VALUES
          (1, 2, 18446744073709551615, 4294967295, 12.50, 12345678901234567890123456789012345678901.5,
           0.1, x'00ff', 'é', 'sad', '{"a": 1}', b'101', 2026, '2026-03-29 01:30:00.123456',
           '2026-03-29 02:30:00.000001', '2026-03-29', '-30:00:01'),
          (2, null, null, null, null, null, null, null, null, null, null, null, null, null,
           '0000-00-00 00:00:00', '0000-00-00', null)
        """);
    Tables tables = tables("values", server.url(), snapshots("Odd", "P3650D", "id"));
    assertThat(tables.pending()).isEqualTo(new Pending.Records(2));
    tables.run();
    assertThat(tables.pending()).isEqualTo(new Pending.Nothing());

    assertThat(
            tables.project.rows(
                "concat_ws('|', id, `select`, big, middle, exact, huge, ratio, hex(bytes), words, feeling)",
                "concat_ws('|', document, bits, `when`, substring(moment, 15), local, day, span)",
                "_problem",
                "_source.origin rlike '^shop/Odd@20[0-9-]{8}T[0-9:]{8}[.][0-9]{6}Z$'"))
        .isEqualTo(
            List.of(
                "[1|2|18446744073709551615|4294967295|12.50|12345678901234567890123456789012345678901.5"
                    + "|0.1|00FF|é|sad,{\"a\": 1}|5|2026|30:00.123456+00|2026-03-29 02:30:00.000001|2026-03-29"
                    + "|-30:00:01,null,true]",
                "[2,0000-00-00 00:00:00.000000|0000-00-00,null,true]"));
  }

  private void changesOnce(MariaServer server) {
    server.execute(
        "CREATE TABLE `orders` (id int, v int, `at` datetime)",
        "INSERT INTO orders SELECT seq, 0, '2026-01-01 10:00:00' + INTERVAL seq DIV 4 SECOND"
            + " FROM seq_1_to_30",
        "INSERT INTO orders VALUES (99, 0, NULL)");
    Tables tables =
        tables("changes", server.url(), changes("shop.orders", "at", "PT5S", "id")).inBatchesOf(10);
    assertThat(tables.run().account()).isEqualTo(Account.appended(30));
    assertThat(tables.project.ledger().newestBatch()).isEqualTo(3);
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);

    server.execute(
        "INSERT INTO orders VALUES (31, 0, '2026-01-01 10:00:04'), (32, 0, '2026-01-01 10:00:02')",
        "UPDATE orders SET v = 1, `at` = '2026-01-01 10:00:07' WHERE id = 5");
    assertThat(tables.run().notes())
        .singleElement()
        .asString()
        .startsWith("1 row of shop/shop.orders");
    assertThat(tables.project.rows("concat(id, ':', v)"))
        .hasSize(33)
        .doesNotHaveDuplicates()
        .contains("[5:0]", "[5:1]", "[31:0]", "[32:0]");
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  private void faults(MariaServer server) throws InterruptedException {
    tables("a", server.url(), changes("nothing", "at", "PT1M", "id"))
        .assertFails(ExitCode.CONFIGURATION, "'shop.nothing' doesn't exist");
    tables("b", server.url().replace("/shop", "/closed"), changes("t", "at", "PT1M", "id"))
        .assertFails(ExitCode.FAILURE, "refuses us");
    Tables tables = tables("c", server.url(), changes("orders", "at", "PT1M", "id"));
    server.close();
    tables.assertFails(ExitCode.UNAVAILABLE, "connection 'shop' does not answer");
  }

  private Tables tables(String name, String url, Source.Jdbc source) {
    Connection.Jdbc connection =
        new Connection.Jdbc(
            url,
            Optional.of(MariaServer.USER),
            Optional.of(MariaServer.PASSWORD),
            Map.of(),
            Duration.ofSeconds(2));
    return Tables.of(folder.resolve(name), connection, source);
  }
}
