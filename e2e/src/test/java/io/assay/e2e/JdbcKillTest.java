package io.assay.e2e;

import static io.assay.e2e.KilledReadings.RECORDS;

import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and streams killed again and again while they take in a table, and while they clean. */
@Tag("deep")
class JdbcKillTest {
  @TempDir private Path temporary;

  @Test
  void afterTenKillsEachRowIsThereExactlyOnce() throws Exception {
    try (PostgresServer server = PostgresServer.start(temporary.resolve("server"))) {
      server.create("plant");
      server.execute(
          "plant",
          "CREATE TABLE readings AS SELECT i AS id, 'reading ' || i AS text,"
              + " timestamp '2026-01-01' + (i / 7) * INTERVAL '1 second' AS at"
              + " FROM generate_series(0, %d) i".formatted(RECORDS - 1),
          "CREATE INDEX ON readings (at)");
      new KilledReadings(
              temporary.resolve("project"),
              "connections: {plant: {jdbc: {url: \"%s\", user: %s, password: %s}}}\n"
                  .formatted(server.url("plant"), PostgresServer.USER, PostgresServer.PASSWORD),
              """
              source:
                jdbc:
                  connection: plant
                  table: readings
                  watermark: {column: at, overlap: PT10M}
                  key: [id]
              """)
          .areThereOnceAfterTenKills(RECORDS);
    }
  }
}
