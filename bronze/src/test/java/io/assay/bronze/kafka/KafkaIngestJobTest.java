package io.assay.bronze.kafka;

import static io.assay.bronze.kafka.Topics.bytes;
import static io.assay.bronze.kafka.Topics.record;
import static io.assay.bronze.kafka.Topics.records;
import static io.assay.bronze.kafka.Topics.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Source;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import io.assay.testing.KafkaBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaIngestJobTest {
  private static final KafkaBroker KAFKA = KafkaBroker.shared();

  @TempDir Path folder;

  @Test
  void whatCameIsKeptWithAllThatStoodAroundItAndOnlyOnce() {
    KAFKA.create("orders-eu", 2);
    KAFKA.send(
        List.of(
            new ProducerRecord<>(
                "orders-eu",
                0,
                1_700_000_000_123L,
                bytes("k1"),
                bytes("{\"n\": 1.10}"),
                List.of(new RecordHeader("trace", bytes("abc")), new RecordHeader("no", null))),
            new ProducerRecord<>("orders-eu", 1, 0L, null, bytes("[2]"))));
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "orders-eu"));
    assertThat(topics.pending()).isEqualTo(new Pending.Records(2));

    BatchResult result = topics.run();

    assertThat(result.account()).isEqualTo(Account.appended(2));
    assertThat(
            topics.project.rows(
                "_source.*",
                "_value",
                "_problem",
                "_raw",
                "_message.topic",
                "_message.partition",
                "string(_message.timestamp)",
                "_message.timestamp_type",
                "string(_message.key)",
                "to_json(transform(_message.headers, h -> struct(h.key, string(h.value))))",
                "_run_id"))
        .containsExactly(
            "[orders-eu-0,0,k1,{\"n\": 1.10},null,null,orders-eu,0,2023-11-14 22:13:20.123,"
                + "create,k1,[{\"key\":\"trace\",\"col2\":\"abc\"},{\"key\":\"no\"}],run-1]",
            "[orders-eu-1,0,null,[2],null,null,orders-eu,1,1970-01-01 00:00:00,create,null,null,"
                + "run-1]");
    assertThat(topics.pending()).isEqualTo(new Pending.Nothing());
    long version = topics.project.version();
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(topics.project.version()).isEqualTo(version);
  }

  @Test
  void messagesThatCannotBeReadAsDeclaredLandWithTheirProblemAndTheFeedGoesOn() {
    KAFKA.create("hostile", 1);
    byte[] huge = new byte[100 << 20];
    KAFKA.send(
        List.of(
            record("hostile", 0, "{}"),
            record("hostile", 0, null),
            new ProducerRecord<>("hostile", 0, new byte[] {'k', -1}, new byte[] {'"', -23, '"'}),
            record("hostile", 0, "[".repeat(10_000) + "]".repeat(10_000)),
            record("hostile", 0, "{\"n\":"),
            record("hostile", 0, ""),
            new ProducerRecord<>("hostile", 0, null, huge),
            new ProducerRecord<>("hostile", 0, 253_402_300_799_000L, null, bytes("\"9999\"")),
            record("hostile", 0, "\"\uFFFD\""),
            new ProducerRecord<>("hostile", 0, Long.MAX_VALUE, null, bytes("{\"late\": 1}")),
            record("hostile", 0, "{\"next\": 1}")));
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "hostile"));

    BatchResult result = topics.run();

    assertThat(result.account()).isEqualTo(Account.appended(11));
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(topics.project.rows("_source.position", "_value", "_problem", "substr(_raw, 1, 24)"))
        .contains("[10,{\"next\": 1},null,null]")
        .contains(
            "[0,{},null,null]",
            "[1,null,no value,null]",
            "[2,null,undecodable bytes: not UTF-8,\"\\xE9\"]",
            "[3,null,nested deeper than 20 levels,{\"bytes\":20000,\"sha256\":]",
            "[4,null,malformed JSON near character 5,{\"n\":]",
            "[5,null,malformed JSON near character 1,]",
            "[6,null,record over 1048576 bytes,{\"bytes\":104857600,\"sha2]",
            "[7,\"9999\",null,null]",
            "[8,\"\uFFFD\",null,null]");
    assertThat(
            topics
                .project
                .rows("_source.position", "_problem", "_raw", "_message.timestamp")
                .stream()
                .filter(row -> row.contains("time"))
                .toList())
        .containsExactly(
            "[9,time beyond any timestamp: 9223372036854775807 ms since 1970,{\"late\": 1},null]");
    assertThat(topics.project.rows("_source.key", "hex(_message.key)")).contains("[k\\xFF,6BFF]");
    assertThat(topics.project.rows("year(_message.timestamp)")).contains("[9999]");
    KAFKA.send(List.of(record("hostile", 0, "1")));
    assertThat(topics.run().account()).isEqualTo(Account.appended(1));
  }

  @Test
  void textIsKeptAsItIsAndBytesAsTheyAre() {
    KAFKA.create("plain", 1);
    KAFKA.send(
        List.of(
            record("plain", 0, "{not json"),
            new ProducerRecord<>("plain", 0, null, new byte[] {0, -1}),
            record("plain", 0, null)));
    Topics text = Topics.of(folder, source(MessageFormat.TEXT, Start.EARLIEST, "plain"));
    text.run();
    assertThat(text.project.rows("_value", "_problem", "_raw"))
        .containsExactlyInAnyOrder(
            "[{not json,null,null]",
            "[null,undecodable bytes: not UTF-8,\u0000\\xFF]",
            "[null,no value,null]");

    Topics bytes =
        Topics.of(folder.resolve("bytes"), source(MessageFormat.BYTES, Start.EARLIEST, "plain"));
    bytes.run();
    assertThat(bytes.project.rows("hex(_value)", "_problem", "_raw"))
        .containsExactly(
            "[00FF,null,null]", "[7B6E6F74206A736F6E,null,null]", "[null,no value,null]");
  }

  @Test
  void topicsAndPartitionsThatAppearLaterAreReadFromTheirBeginning() {
    KAFKA.create("grow.a", 1);
    KAFKA.create("ungrow", 1);
    KAFKA.send(records("grow.a", 0, 0, 3));
    KAFKA.send(records("ungrow", 0, 0, 3));
    Source.Kafka pattern =
        new Source.Kafka(
            "shop",
            Optional.empty(),
            List.of(),
            Optional.of("grow\\..*"),
            MessageFormat.JSON,
            Optional.empty(),
            Start.LATEST,
            Map.of(),
            Topics.LIMITS);
    Topics topics = Topics.of(folder, pattern);
    assertThat(topics.run().account()).isEqualTo(Account.EMPTY);

    KAFKA.grow("grow.a", 2);
    KAFKA.create("grow.b", 1);
    KAFKA.send(records("grow.a", 0, 3, 4));
    KAFKA.send(records("grow.a", 1, 4, 5));
    KAFKA.send(records("grow.b", 0, 5, 6));
    topics.run();

    assertThat(topics.project.rows("_source.origin", "_source.position", "_value"))
        .containsExactly("[grow.a-0,3,3]", "[grow.a-1,0,4]", "[grow.b-0,0,5]");

    KAFKA.delete("grow.b");
    KAFKA.send(records("grow.a", 0, 6, 7));
    assertThat(topics.run().account()).isEqualTo(Account.appended(1));
  }

  @Test
  void readingBeginsAtTheOffsetOrTheTimeThatIsNamed() {
    KAFKA.create("timed", 2);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      records.add(
          new ProducerRecord<>("timed", i % 2, 1_000_000L + i, null, bytes(Integer.toString(i))));
    }
    KAFKA.send(records);
    Source.Kafka since = source(MessageFormat.JSON, Start.of("1970-01-01T00:16:40.003Z"), "timed");
    Topics topics = Topics.of(folder, since);
    topics.run();
    assertThat(topics.project.rows("_value")).containsExactly("[3]", "[4]", "[5]");

    Topics fromOffset = Topics.of(folder.resolve("offset"), named(Map.of("timed-0", 2L)));
    fromOffset.run();
    assertThat(fromOffset.project.rows("_value")).containsExactly("[1]", "[3]", "[4]", "[5]");

    Topics beyond = Topics.of(folder.resolve("far"), named(Map.of("timed-1", 9L)));
    beyond.assertFails(ExitCode.CONFIGURATION, "timed-1 cannot begin at 9");
  }

  private static Source.Kafka named(Map<String, Long> offsets) {
    return new Source.Kafka(
        "shop",
        Optional.of("timed"),
        List.of(),
        Optional.empty(),
        MessageFormat.JSON,
        Optional.empty(),
        Start.EARLIEST,
        offsets,
        Topics.LIMITS);
  }
}
