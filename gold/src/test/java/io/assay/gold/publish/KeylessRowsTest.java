package io.assay.gold.publish;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mart whose rule of the key only warns: Redis has the same among what it refuses. */
class KeylessRowsTest {
  private static final String DATABASE = "keyless_rows";

  @TempDir Path folder;

  @Test
  void rowsWithoutAValueInTheKeyAreRefusedBeforeAnythingIsSent() {
    PostgresServer server = PostgresServer.shared();
    server.create(DATABASE);
    server.execute(
        DATABASE, "CREATE TABLE people (city text, id int, name text, UNIQUE (city, id))");
    refuses(
        new Destination.Postgres("there", "public.people", false),
        new Connection.Jdbc(
            server.url(DATABASE),
            Optional.of(PostgresServer.USER),
            Optional.of(PostgresServer.PASSWORD),
            Map.of(),
            ReceivingApi.LONG),
        () -> server.rows(DATABASE, "SELECT city, id, name FROM people"));
    try (ReceivingApi api = new ReceivingApi()) {
      api.answers(ok());
      refuses(
          new Destination.Http("there", "p", Destination.Http.Method.PUT, 9, ReceivingApi.NAME),
          api.connection(ReceivingApi.LONG),
          () ->
              api.held().values().stream()
                  .map(row -> row.replaceAll("[{\":}]|city|id|name", "").replace(',', '|'))
                  .toList());
    }
  }

  private void refuses(Destination to, Connection there, Supplier<List<String>> rows) {
    PublishFixture gold = new PublishFixture(folder.resolve(to.getClass().getSimpleName()));
    gold.to = to;
    gold.connections.put("there", there);
    gold.mart(2, "city string", "id int", "name string");
    gold.change("INSERT INTO TABLE VALUES ('Bern', 1, 'Ann', 1)");
    gold.publish();
    gold.change(
        "INSERT INTO TABLE VALUES ('Bern', NULL, 'no', 1), (NULL, 2, 'no', 1), ('Rome', 3, 'Ric', 1)");
    for (Publication.Mode mode : Publication.Mode.values()) {
      gold.mode = mode;
      assertThatThrownBy(gold::publish)
          .isInstanceOfSatisfying(
              AssayException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.QUALITY))
          .hasMessageContainingAll(
              "publish.copy", "2 rows of gold.people have no value in their key (city, id)");
      assertThat(rows.get()).containsExactly("Bern|1|Ann");
    }
    gold.mode = Publication.Mode.CHANGES;
    gold.change("UPDATE TABLE SET id = 7 WHERE id IS NULL");
    gold.change("DELETE FROM TABLE WHERE city IS NULL");
    assertThat(gold.publish().account()).isEqualTo(new Counts(2, 0, 0).account());
    assertThat(rows.get()).containsExactlyInAnyOrder("Bern|1|Ann", "Bern|7|no", "Rome|3|Ric");
  }
}
