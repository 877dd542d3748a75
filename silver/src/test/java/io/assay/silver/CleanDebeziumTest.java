package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.config.Debezium;
import io.assay.config.Debezium.Connector;
import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanDebeziumTest {
  private static final TableName BRONZE = TableName.bronze("customers");
  private static final TableName SILVER = TableName.silver("customers");
  private static final TableName QUARANTINE = TableName.quarantine("customers");

  @TempDir Path folder;

  private static History history(Keep keep, String... sequence) {
    return Histories.of(keep, sequence).validTime("source.ts_ms").build();
  }

  private static String message(String op, int lsn, String before, String after) {
    return """
    {"op": "%s", "before": %s, "after": %s,
     "source": {"connector": "postgresql", "lsn": %d, "ts_ms": %d, "table": "customers"}}
    """
        .formatted(op, before, after, lsn, lsn * 1_000L);
  }

  @Test
  void everyMessageBecomesEventsOrSaysWhyNot() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration =
        Configurations.of("customers")
            .debezium(
                new Debezium(
                    Optional.of(Connector.POSTGRESQL),
                    Optional.empty(),
                    Debezium.DEFAULT.unavailable()))
            .column("id int key")
            .column("name string required")
            .column("captured_from string")
            .column("op string")
            .column("notes string")
            .expression("captured_from", "concat(source.table, ':', source.lsn)")
            .where("name <> 'TEST'")
            .history(history(Keep.SCD2, "source.lsn"))
            .build();
    fixture.landMessages(
        BRONZE,
        "a.json",
        "{\"id\":1}",
        message(
            "r",
            10,
            null,
            "{\"id\": 1, \"name\": \"Ann\", \"op\": \"mine\", \"new\": 1, \"notes\": \"long\"}"),
        null,
        message("c", 11, null, "{\"id\": 2, \"name\": \"Ben\"}"),
        null,
        message("c", 12, null, "{\"id\": 4, \"name\": \"Dan\"}"),
        null,
        message("c", 13, null, "{\"id\": 6, \"name\": \"TEST\"}"),
        null,
        message(
            "u",
            21,
            "{\"name\": \"Ann\"}",
            "{\"id\": 1, \"name\": \"Anna\", \"op\": \"mine\","
                + " \"notes\": \"__debezium_unavailable_value\"}"),
        "{\"id\":2}",
        message("d", 22, null, null),
        "{\"id\":2}",
        null,
        null,
        message("d", 23, null, null),
        null,
        message("u", 24, "{\"id\": 4}", "{\"id\": 5, \"name\": \"Dan\"}"),
        null,
        "{\"ts_ms\": 5}",
        null,
        message("c", 25, null, "{\"id\": 7, \"name\": \"Eve\"}")
            .replace("\"lsn\": 25", "\"lsn\": null"),
        null,
        message("c", 26, null, "{\"id\": 8}"),
        null,
        message("c", 27, null, "{\"id\": 9, \"name\": \"F\"}").replace("postgresql", "mysql"),
        null,
        "no message",
        null,
        message("c", 41, null, "{\"id\": 9, \"name\": \"Flo\"}"),
        null,
        message("t", 40, null, null));

    BatchResult result = fixture.run(configuration);

    assertThat(result.account()).isEqualTo(new Account(16, 1, 2, 11, 0, 0, 0, 4, 4));
    assertThat(result.account().balanced()).isTrue();
    assertThat(result.notes()).contains("rows with fields that the contract does not know: 1");
    List<String> others =
        List.of(
            "2 Ben customers:11 11 22",
            "4 Dan customers:12 12 24",
            "5 Dan customers:24 24 40",
            "9 Flo customers:41 41");
    assertThat(versions(fixture))
        .containsAll(others)
        .hasSize(6)
        .contains("1 Ann customers:10 mine long 10 21", "1 Anna customers:21 mine long 21 40");
    assertThat(fixture.ask(QUARANTINE, "_source.position", "rules", "left(reasons[0].message, 34)"))
        .containsExactly(
            "[7,WrappedArray(unreadable),a delete with neither the row befo]",
            "[10,WrappedArray(source_lsn_key),the record does not tell what orde]",
            "[12,WrappedArray(unreadable),the message is of connector 'mysql]",
            "[13,WrappedArray(unreadable),the record is no JSON object]");

    fixture.landMessages(
        BRONZE,
        "b.json",
        null,
        message("u", 15, null, "{\"id\": 1, \"name\": \"Ann\", \"notes\": \"longer\"}"),
        null,
        message("c", 11, null, "{\"id\": 2, \"name\": \"Ben\"}"));
    BatchResult late = fixture.run(configuration);

    assertThat(late.account()).isEqualTo(new Account(2, 0, 0, 1, 0, 0, 1, 0, 0));
    assertThat(versions(fixture))
        .containsAll(others)
        .hasSize(7)
        .contains(
            "1 Ann customers:10 mine long 10 15",
            "1 Ann customers:15 longer 15 21",
            "1 Anna customers:21 mine longer 21 40");
    assertThat(fixture.discrepancies(SILVER)).isEmpty();
  }

  private static List<String> versions(CleanFixture fixture) {
    return fixture
        .read(TableName.history("customers"))
        .selectExpr(
            "concat_ws(' ', id, name, captured_from, op, notes, unix_timestamp(valid_from),"
                + " unix_timestamp(valid_to))")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void theSchemaBlockDecidesWhatValuesAreAndTheContractWhatTheyBecome() {
    CleanFixture fixture = new CleanFixture(folder);
    CleanConfiguration configuration =
        Configurations.of("customers")
            .debezium(Debezium.DEFAULT)
            .column("id int key")
            .column("born date")
            .column("wall timestamp")
            .column("ntz timestamp_ntz")
            .column("zoned timestamp")
            .column("price decimal(10,2)")
            .column("big decimal(20,0)")
            .column("opens string")
            .column("photo binary")
            .column("prices array<decimal(10,2)>")
            .column("short timestamp")
            .history(history(Keep.SCD1, "source.file", "source.pos", "source.row"))
            .build();
    fixture.landMessages(
        BRONZE,
        "a.json",
        null,
        """
        {"schema": {"type": "struct", "fields": [{"field": "after", "type": "struct", "fields": [
          {"field": "id", "type": "int32"},
          {"field": "born", "type": "int32", "name": "io.debezium.time.Date"},
          {"field": "wall", "type": "int64", "name": "io.debezium.time.MicroTimestamp"},
          {"field": "ntz", "type": "int64", "name": "io.debezium.time.Timestamp"},
          {"field": "zoned", "type": "string", "name": "io.debezium.time.ZonedTimestamp"},
          {"field": "price", "type": "bytes", "name": "org.apache.kafka.connect.data.Decimal",
           "parameters": {"scale": "2"}},
          {"field": "big", "type": "int64"},
          {"field": "opens", "type": "int64", "name": "io.debezium.time.MicroTime"},
          {"field": "photo", "type": "bytes"},
          {"field": "prices", "type": "array", "items":
            {"type": "bytes", "name": "org.apache.kafka.connect.data.Decimal",
             "parameters": {"scale": "2"}}},
          {"field": "short", "type": "int64", "name": "io.debezium.time.NanoTimestamp"}]}]},
         "payload": {"op": "c", "before": null, "after":
          {"id": 1, "born": 19000, "wall": 1657288800123456, "ntz": 1657288800123,
           "zoned": "2022-07-08T14:00:00Z", "price": "BNI=", "big": 18446744073709551615,
           "opens": 3723000000, "photo": "AAH/", "prices": ["BNI=", null],
           "short": 1657288800123456000},
          "source": {"connector": "mysql", "file": "binlog.000009", "pos": 4, "row": 0, "ts_ms": 1}}}
        """,
        null,
        """
        {"op": "u", "after": {"id": 1, "born": 19001, "wall": "2022-07-08T14:00:00",
           "price": 12.35, "photo": "AAH/", "prices": [1.5]},
         "source": {"connector": "mysql", "file": "binlog.000010", "pos": 4, "row": 0, "ts_ms": 2}}
        """,
        null,
        """
        {"op": "c", "after": {"id": 2, "wall": 1657288800123456, "price": "1234", "photo": "?",
           "short": 1657288800123456789},
         "source": {"connector": "mysql", "file": "binlog.000010", "pos": 5, "row": 1, "ts_ms": 3}}
        """);

    BatchResult result = fixture.run(configuration);

    assertThat(result.account()).isEqualTo(new Account(3, 0, 0, 1, 0, 1, 0, 1, 0));
    assertThat(
            fixture
                .read(TableName.events("customers"))
                .orderBy("_sequence")
                .selectExpr(
                    "concat_ws(' ', _sequence.source_file, born, wall, ntz, zoned, price, big,"
                        + " opens, hex(photo), to_json(prices), short)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(
            "9 2022-01-08 2022-07-08 13:00:00.123456 2022-07-08 14:00:00.123 2022-07-08 14:00:00"
                + " 12.34 18446744073709551615 01:02:03 0001FF [12.34,null]"
                + " 2022-07-08 13:00:00.123456",
            "10 2022-01-09 2022-07-08 13:00:00 12.35 0001FF [1.50]");
    assertThat(fixture.ask(QUARANTINE, "reasons.message"))
        .singleElement()
        .asString()
        .contains(
            "'1657288800123456 (milli-, micro- or nanoseconds? the message has no schema)' is no"
                + " timestamp",
            "'1234 (digits or bytes? say it in debezium.decimals)' is no decimal(10,2)",
            "'?' is no binary");
  }
}
