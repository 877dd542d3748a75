package io.assay.silver.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Debezium;
import io.assay.config.Debezium.Connector;
import io.assay.config.Debezium.Decimals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  private static final MessageReader READER = reader(Debezium.DEFAULT, Map.of());

  private static MessageReader reader(Debezium settings, Map<String, DataType> targets) {
    return new MessageReader(settings, targets, List.of("id"));
  }

  private static Change only(String message) {
    return only(message, null);
  }

  private static Change only(String message, String key) {
    List<Change> changes = READER.read(message, key);
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }

  @Test
  void aMessageTellsItsRowAndWhatStandsAroundIt() {
    Change change =
        only(
            """
            {"before": null, "op": "c", "ts_ms": 7, "transaction": {"id": "t", "total_order": 3},
             "after": {"id": 1, "weight": 3.10, "gone": null, "tags": ["a"]},
             "source": {"connector": "mysql", "file": "mysql-bin.000003", "gtid": null}}
            """);

    assertThat(change.operation()).isEqualTo("upsert");
    assertThat(change.fields()).isEqualTo(Map.of("id", "1", "weight", "3.10", "tags", "[\"a\"]"));
    assertThat(change.envelope())
        .isEqualTo(
            Map.of(
                "op", "c",
                "ts_ms", "7",
                "source.connector", "mysql",
                "source.file", "mysql-bin.000003",
                "transaction.id", "t",
                "transaction.total_order", "3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"schema\": null, \"payload\": null}",
        "{\"schema\": {\"type\": \"struct\"}, \"payload\": null}",
        "{\"ts_ms\": 1596684883000}",
        "{\"schema\": {\"type\": \"struct\"}, \"payload\": {\"ts_ms\": 5, \"ts_us\": 5000}}",
        "{\"status\": \"BEGIN\", \"id\": \"5\", \"event_count\": null, \"data_collections\": null}",
        "{\"source\": {}, \"databaseName\": \"shop\", \"ddl\": \"ALTER TABLE a ADD b int\"}",
        "{\"op\": \"m\", \"source\": {}, \"message\": {\"prefix\": \"x\", \"content\": \"eA==\"}}"
      })
  void tombstonesHeartbeatsAndMarkersAreNoEvents(String message) {
    assertThat(only(message)).isEqualTo(Change.ofNothing());
    assertThat(READER.read(null, "{\"id\": 1}")).containsExactly(Change.ofNothing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | the record is no JSON object",
        "{\"op\": \"c\" | the record is no JSON object",
        "{\"op\": \"c\"} {} | the record is no JSON object",
        "{\"id\": 1, \"name\": \"a\"} | the message has no op, so it is none of Debezium; if it was"
            + " flattened on its way, its format is plain",
        "{\"op\": \"u\", \"before\": {\"id\": 1}, \"after\": null} | op u without the row after the"
            + " change",
        "{\"op\": \"x\", \"after\": {\"id\": 1}} | op 'x' is none of Debezium's",
        "{\"op\": \"d\", \"before\": null} | a delete with neither the row before it nor a message"
            + " key"
      })
  void whatCannotBeTakenSaysWhy(String message, String problem) {
    assertThat(only(message)).isEqualTo(Change.ofProblem(problem));
  }

  @Test
  void aDeleteTakesItsKeyFromTheRowBeforeItOrFromTheMessageKey() {
    String wrapped =
        """
        {"schema": {"type": "struct", "fields": [
           {"type": "int32", "name": "io.debezium.time.Date", "field": "day"},
           {"type": "int32", "field": "id"}]},
         "payload": {"id": 1, "day": 19000}}
        """;

    assertThat(only("{\"op\": \"d\", \"before\": {\"id\": 1, \"a\": \"x\"}}").fields())
        .isEqualTo(Map.of("id", "1", "a", "x"));
    assertThat(only("{\"op\": \"d\", \"before\": null}", wrapped).fields())
        .isEqualTo(Map.of("id", "1", "day", "2022-01-08"));
    assertThat(
            only("{\"op\": \"d\", \"before\": {\"id\": null, \"a\": 2}}", "{\"id\": 1}").fields())
        .isEqualTo(Map.of("id", "1", "a", "2"));
    assertThat(only("{\"op\": \"d\"}", "not json").problem()).startsWith("a delete with neither");
  }

  @Test
  void aRowThatChangesItsKeyIsGoneUnderTheOldOne() {
    assertThat(
            READER.read("{\"op\":\"u\",\"before\":{\"id\":1,\"a\":1},\"after\":{\"id\":2}}", null))
        .extracting(Change::operation, change -> change.fields().get("id"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("delete", "1"),
            org.assertj.core.groups.Tuple.tuple("upsert", "2"));
    assertThat(only("{\"op\":\"u\",\"before\":{\"a\":1},\"after\":{\"id\":2}}").fields())
        .isEqualTo(Map.of("id", "2"));
    assertThat(only("{\"op\":\"t\",\"before\":null,\"after\":null}"))
        .returns("truncate", Change::operation)
        .returns(Map.of(), Change::fields);
  }

  @Test
  void whatTheDatabaseDidNotLogIsNamedWhateverItsType() {
    byte[] unlogged = Debezium.DEFAULT.unavailable().getBytes(StandardCharsets.UTF_8);
    String numbers = Arrays.toString(unlogged);
    Change change =
        only(
            """
            {"op": "u", "after": {"id": 1, "text": "__debezium_unavailable_value",
              "bytes": "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==",
              "array": ["__debezium_unavailable_value"],
              "map": {"__debezium_unavailable_value": "__debezium_unavailable_value"},
              "hexadecimal": "5f5f646562657a69756d5f756e617661696c61626c655f76616c7565",
              "uuids": ["%s"], "numbers": %s, "near": %s}}
            """
                .formatted(UUID.nameUUIDFromBytes(unlogged), numbers, numbers.replace("95", "96")));

    assertThat(change.unavailable())
        .containsExactly("text", "bytes", "array", "map", "hexadecimal", "uuids", "numbers");
    assertThat(change.fields()).containsOnlyKeys("id", "near");
  }

  @Test
  void messagesOfAnotherConnectorAreNotTaken() {
    Debezium mysql =
        new Debezium(
            Optional.of(Connector.MYSQL), Optional.empty(), Debezium.DEFAULT.unavailable());

    assertThat(
            reader(mysql, Map.of())
                .read("{\"op\":\"c\",\"after\":{},\"source\":{\"connector\":\"oracle\"}}", null))
        .extracting(Change::problem)
        .containsExactly("the message is of connector 'oracle', and debezium.connector is mysql");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int32 | io.debezium.time.Date | 19000 | 2022-01-08",
        "int32 | org.apache.kafka.connect.data.Date | -1 | 1969-12-31",
        "int64 | io.debezium.time.Timestamp | 1641600000123 | 2022-01-08T00:00:00.123",
        "int64 | org.apache.kafka.connect.data.Timestamp | -1 | 1969-12-31T23:59:59.999",
        "int64 | io.debezium.time.MicroTimestamp | 1641600000123456 | 2022-01-08T00:00:00.123456",
        "int64 | io.debezium.time.NanoTimestamp | 1641600000123456789 |"
            + " 2022-01-08T00:00:00.123456789",
        "string | io.debezium.time.ZonedTimestamp | \"2022-01-08T01:02:03.5+02:00\" |"
            + " 2022-01-08T01:02:03.5+02:00",
        "string | io.debezium.time.IsoDate | \"2022-01-08Z\" | 2022-01-08",
        "string | io.debezium.time.IsoTime | \"01:02:03Z\" | 01:02:03",
        "string | io.debezium.time.IsoTimestamp | \"2022-01-08T01:02:03.5Z\" |"
            + " 2022-01-08T01:02:03.5",
        "int32 | io.debezium.time.Time | 3723004 | 01:02:03.004",
        "int64 | io.debezium.time.MicroTime | -130000000000 | -36:06:40",
        "int64 | io.debezium.time.NanoTime | 1 | 00:00:00.000000001",
        "bytes | org.apache.kafka.connect.data.Decimal | \"BNI=\" | 12.34",
        "bytes | org.apache.kafka.connect.data.Decimal | \"/w==\" | -0.01",
        "bytes | org.apache.kafka.connect.data.Decimal | 1234 | 1234",
        "bytes | org.apache.kafka.connect.data.Decimal | 12.30 | 12.30",
        "struct | io.debezium.data.VariableScaleDecimal | {\"scale\": 3, \"value\": \"BNI=\"} |"
            + " 1.234",
        "bytes | io.debezium.data.Bits | \"AQI=\" | 513",
        "boolean |  | true | true",
        "bytes |  | \"AQI=\" | AQI=",
        "string | io.debezium.data.Enum | \"large\" | large",
        "string | io.debezium.data.Json | \"{\\\"a\\\": 1.10}\" | {\"a\": 1.10}",
        "int64 |  | 18446744073709551615 | 18446744073709551615",
        "double |  | 1.10 | 1.10"
      })
  void theSchemaBlockSaysWhatAValueIs(String type, String name, String value, String text) {
    String schema =
        """
        {"type": "%s", "name": "%s", "field": "v", "parameters": {"scale": "2"}}
        """
            .formatted(type, name == null ? "" : name);
    String message =
        """
        {"schema": {"type": "struct", "fields": [{"type": "struct", "field": "after", "fields": [
           %s, {"type": "array", "field": "all", "items": %s}]}]},
         "payload": {"op": "r", "after": {"v": %s, "all": [null, %s]}}}
        """
            .formatted(schema, schema, value, value);

    assertThat(only(message).fields().get("v")).isEqualTo(text);
    assertThat(only(message).fields().get("all")).startsWith("[null,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.apache.kafka.connect.data.Decimal | \"12.34\"",
        "io.debezium.time.Date | \"2022-01-08\"",
        "io.debezium.time.Timestamp | 1.5",
        "io.debezium.time.NanoTimestamp | 9223372036854775808"
      })
  void aValueThatIsNotWhatItsSchemaSaysMakesTheMessageUnreadable(String name, String value) {
    String message =
        """
        {"schema": {"fields": [{"field": "after", "type": "struct", "fields": [
           {"type": "bytes", "name": "%s", "field": "v"}]}]},
         "payload": {"op": "c", "after": {"v": %s}}}
        """
            .formatted(name, value);

    assertThat(only(message).problem()).isEqualTo("a value is no " + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "date | - | 19000 | 2022-01-08",
        "date | - | \"2022-01-08\" | 2022-01-08",
        "date | - | \"2022-01-08Z\" | 2022-01-08",
        "timestamp | - | 1641600000123 | 1641600000123 (milli-, micro- or nanoseconds? the message"
            + " has no schema)",
        "timestamp | - | \"2022-01-08T00:00:00Z\" | 2022-01-08T00:00:00Z",
        "decimal(10,2) | - | 12.30 | 12.30",
        "decimal(10,2) | - | \"1234\" | 1234 (digits or bytes? say it in debezium.decimals)",
        "decimal(10,2) | string | \"1234\" | 1234",
        "decimal(10,2) | precise | \"BNI=\" | 12.34",
        "decimal(10,2) | precise | \"?\" | ?",
        "decimal(10,2) | - | {\"scale\": 3, \"value\": \"BNI=\"} | 1.234",
        "bigint | precise | \"BNI=\" | 1234",
        "string | - | \"1234\" | 1234",
        "string | - | 1641600000123 | 1641600000123"
      })
  void withoutASchemaTheContractSaysWhatAValueIsAndWhatItLeavesOpenFitsNoType(
      String type, String decimals, String value, String text) {
    Debezium settings =
        new Debezium(
            Optional.empty(),
            Optional.ofNullable(decimals)
                .map(name -> Decimals.valueOf(name.toUpperCase(java.util.Locale.ROOT))),
            Debezium.DEFAULT.unavailable());
    MessageReader reader = reader(settings, Map.of("v", DataType.fromDDL(type)));

    List<Change> changes = reader.read("{\"op\": \"c\", \"after\": {\"v\": " + value + "}}", null);

    assertThat(changes.get(0).fields()).isEqualTo(Map.of("v", text));
  }
}
