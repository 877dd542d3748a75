package io.assay.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes of rows as Debezium's connector for PostgreSQL tells them, in JSON without schema blocks:
 * decimals as texts ({@code decimal.handling.mode=string}), {@code before} as the default replica
 * identity has it. Tombstones, which say nothing, are left out.
 */
final class DebeziumFeed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "3.1.3.Final";
  private static final long BYTES_A_DAY = 10_000_000_000L;
  private static final long BYTES_A_CHANGE = 256;
  private static final long DELAY = 400;

  private DebeziumFeed() {}

  /** A message for each of a day's changes, by table; in their order. */
  static List<String> messages(LocalDate date, String table, List<RowChange> changes) {
    List<String> messages = new ArrayList<>();
    long start = date.toEpochDay() * BYTES_A_DAY;
    for (int number = 0; number < changes.size(); number++) {
      if (changes.get(number).table().equals(table)) {
        messages.add(message(changes.get(number), start + number * BYTES_A_CHANGE));
      }
    }
    return messages;
  }

  private static String message(RowChange change, long lsn) {
    ObjectNode message = JSON.createObjectNode();
    if (change.kind() == RowChange.Kind.DELETE) {
      ObjectNode before = message.putObject("before");
      change.row().keySet().forEach(before::putNull);
      put(before, change.key());
      message.putNull("after");
    } else {
      message.putNull("before");
      put(message.putObject("after"), change.row());
    }
    source(message.putObject("source"), change, lsn);
    message.putNull("transaction");
    message.put("op", operation(change.kind()));
    times(message, change.at().plusMillis(DELAY));
    return message.toString();
  }

  private static void source(ObjectNode source, RowChange change, long lsn) {
    source.put("version", VERSION).put("connector", "postgresql").put("name", "shop");
    source.put("ts_ms", change.at().toEpochMilli());
    source.put("snapshot", "false").put("db", "shop");
    source.put("sequence", "[\"%d\",\"%d\"]".formatted(lsn - BYTES_A_CHANGE, lsn));
    source.put("ts_us", change.at().toEpochMilli() * 1_000);
    source.put("ts_ns", change.at().toEpochMilli() * 1_000_000);
    source.put("schema", "public").put("table", change.table());
    source.put("txId", lsn / BYTES_A_CHANGE % Integer.MAX_VALUE).put("lsn", lsn);
    source.putNull("xmin");
  }

  private static void times(ObjectNode message, Instant at) {
    message.put("ts_ms", at.toEpochMilli());
    message.put("ts_us", at.toEpochMilli() * 1_000);
    message.put("ts_ns", at.toEpochMilli() * 1_000_000);
  }

  private static String operation(RowChange.Kind kind) {
    return switch (kind) {
      case INSERT -> "c";
      case UPDATE -> "u";
      case DELETE -> "d";
    };
  }

  private static void put(ObjectNode node, Map<String, Object> row) {
    row.forEach(
        (column, value) -> {
          if (value instanceof Integer number) {
            node.put(column, number);
          } else if (value instanceof Boolean flag) {
            node.put(column, flag);
          } else if (value instanceof BigDecimal amount) {
            node.put(column, amount.toPlainString());
          } else {
            node.put(column, value.toString());
          }
        });
  }
}
