package io.assay.app.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What Debezium is to capture; {@code docs/how-to/cdc.md} says what production has besides. */
final class Connector {
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

  private Connector() {}

  /** Writes it as Kafka Connect takes it. */
  static void write(Path file, int databasePort) {
    ObjectNode connector = new ObjectMapper().createObjectNode().put("name", "shop-postgres");
    connector
        .putObject("config")
        .put("connector.class", "io.debezium.connector.postgresql.PostgresConnector")
        .put("tasks.max", "1")
        .put("database.hostname", "127.0.0.1")
        .put("database.port", Integer.toString(databasePort))
        .put("database.dbname", ShopTables.DATABASE)
        .put("database.user", ShopTables.USER)
        .put("database.password", "")
        .put("plugin.name", "pgoutput")
        .put("slot.name", "assay")
        .put("publication.name", ShopTables.PUBLICATION)
        .put("publication.autocreate.mode", "disabled")
        .put("table.include.list", tables())
        .put("topic.prefix", "shop")
        .put("snapshot.mode", "when_needed")
        .put("poll.interval.ms", "100")
        .put("skipped.operations", "none")
        .put("tombstones.on.delete", "true")
        .put("decimal.handling.mode", "string")
        .put("time.precision.mode", "isostring")
        .put("key.converter", JSON)
        .put("key.converter.schemas.enable", "false")
        .put("value.converter", JSON)
        .put("value.converter.schemas.enable", "false")
        .put("topic.creation.default.partitions", "1")
        .put("topic.creation.default.replication.factor", "1");
    try {
      Files.writeString(file, connector.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tables() {
    return ShopTables.NAMES.stream()
        .map(table -> "public." + table)
        .collect(Collectors.joining(","));
  }
}
