package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import io.assay.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Encoders;

/** Messages that a stream must survive, among some that are well. */
final class HostileMessages {
  static final String TOPIC = "hostile";

  /** How many of {@link #send} are well. */
  static final int WELL = 2;

  private static final int DEEP = 10_000;
  private static final int HUGE = 100 << 20;
  private static final long YEAR_9999 = 253_402_300_799_000L;

  private HostileMessages() {}

  /** Sends one that is well, without a key. */
  static void sendOne(KafkaBroker broker, int id) {
    broker.send(List.of(message(text("{\"id\": %d}".formatted(id)))));
  }

  /** Sends one of each kind. */
  static void send(KafkaBroker broker) {
    broker.send(
        List.of(
            message(null),
            message(new byte[] {'"', -23, '"'}),
            message(text("[".repeat(DEEP) + "]".repeat(DEEP))),
            message(text("{\"id\":")),
            message(new byte[HUGE]),
            new ProducerRecord<>(TOPIC, 0, text("k"), text("{\"id\": 6}")),
            new ProducerRecord<>(TOPIC, 0, YEAR_9999, null, text("{\"id\": 7}"))));
  }

  private static ProducerRecord<byte[], byte[]> message(byte[] value) {
    return new ProducerRecord<>(TOPIC, 0, null, value);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What became of them; {@link #sendOne} sent 0 before and 8 behind them. */
  static void assertKept(ProjectRun run) {
    assertThat(
            run.stored(TableName.bronze(TOPIC))
                .orderBy("_source.position")
                .selectExpr(
                    "concat_ws(' ', _source.position, coalesce(_problem, _value),"
                        + " left(_raw, 18), year(_message.timestamp) = 9999, _source.key)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(
            "0 {\"id\": 0} false",
            "1 no value false",
            "2 undecodable bytes: not UTF-8 \"\\xE9\" false",
            "3 nested deeper than 100 levels {\"bytes\":20000,\"sh false",
            "4 malformed JSON near character 6 {\"id\": false",
            "5 record over 10485760 bytes {\"bytes\":104857600 false",
            "6 {\"id\": 6} false k",
            "7 {\"id\": 7} true",
            "8 {\"id\": 8} false");
    assertThat(run.texts(TOPIC, "id")).containsExactly("0", "6", "7", "8");
    assertThat(run.count(TableName.quarantine(TOPIC))).isEqualTo(5);
  }
}
