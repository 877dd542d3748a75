package io.assay.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @TempDir Path folder;

  @Test
  void keepsItsRowsWhenItIsStartedAgainAndAsksForThePassword() {
    try (PostgresServer server = PostgresServer.start(folder)) {
      server.create("shop");
      server.execute("shop", "CREATE TABLE t AS SELECT 1 AS a, 'x' AS b");
      server.stop();
      assertThatThrownBy(() -> server.connect("shop")).hasMessageContaining("refused");
      server.start();
      assertThat(server.rows("shop", "SELECT * FROM t")).containsExactly("1|x");
      assertThat(server.rows("shop", "SHOW wal_level")).containsExactly("logical");
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.url("shop"), PostgresServer.USER, "wrong"))
          .hasMessageContaining("password authentication failed");
    }
  }
}
