package io.assay.bronze.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Source.MessageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroValuesTest {
  private static final Schema PAYMENT =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Payment", "fields": [
                {"name": "id", "type": "long"},
                {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 4}},
                {"name": "paid_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "seen_at", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
                {"name": "note", "type": ["null", "string"]},
                {"name": "ratio", "type": "double"},
                {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
                {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "DONE"]}},
                {"name": "lines", "type": {"type": "array", "items": "int"}},
                {"name": "labels", "type": {"type": "map", "values": "boolean"}}]}
              """);

  private static GenericRecord payment() {
    return new GenericRecordBuilder(PAYMENT)
        .set("id", Long.MAX_VALUE)
        .set("amount", ByteBuffer.wrap(new BigInteger("-12500000000001000").toByteArray()))
        .set("paid_at", 1_700_000_000_123_456L)
        .set("seen_at", 0L)
        .set("day", -1)
        .set("time", 1)
        .set("note", "na\u00efve \"quoted\"")
        .set("ratio", Double.NaN)
        .set("hash", new GenericData.Fixed(PAYMENT.getField("hash").schema(), new byte[] {0, -1}))
        .set("state", new GenericData.EnumSymbol(PAYMENT.getField("state").schema(), "DONE"))
        .set("lines", List.of(1, -2))
        .set("labels", Map.of("vip", true))
        .build();
  }

  private static byte[] encoded(Schema schema, Object value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageValues of(Schema schema) {
    return new MessageValues(
        new MessageRules(MessageFormat.AVRO, schema.toString(), 1 << 20, 20),
        number -> Optional.empty());
  }

  @Test
  void aValueBecomesADocumentThatLosesNothing() {
    assertThat(of(PAYMENT).read(encoded(PAYMENT, payment())))
        .isEqualTo(
            Message.good(
                "{\"id\":9223372036854775807,\"amount\":%s,\"paid_at\":\"2023-11-14T22:13:20.123456Z\","
                        .formatted(new BigDecimal("-1250000000000.1000").toPlainString())
                    + "\"seen_at\":\"1970-01-01T00:00:00\",\"day\":\"1969-12-31\","
                    + "\"time\":\"00:00:00.001\",\"note\":\"na\u00efve \\\"quoted\\\"\",\"ratio\":\"NaN\","
                    + "\"hash\":\"AP8=\",\"state\":\"DONE\",\"lines\":[1,-2],\"labels\":{\"vip\":true}}"));
  }

  @Test
  void bytesThatAreNoSuchValueAreAProblemAndNothingElse() {
    MessageValues values = of(PAYMENT);
    byte[] good = encoded(PAYMENT, payment());
    List<byte[]> hostile = new ArrayList<>();
    for (int end = 0; end < good.length; end++) {
      hostile.add(Arrays.copyOf(good, end));
    }
    hostile.add(Arrays.copyOf(good, good.length + 1));
    for (byte[] each : hostile) {
      Message message = values.read(each);
      assertThat(message.text()).isNull();
      assertThat(message.problem()).startsWith("malformed Avro: ");
      assertThat(message.raw()).isBase64();
    }
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      Message message = values.read(noise);
      assertThat(message.text() == null).isEqualTo(message.problem() != null);
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      assertThat(values.read(changed).text() == null)
          .isEqualTo(values.read(changed).problem() != null);
    }
  }

  @Test
  void neitherNestingNorClaimedLengthsCostMoreThanTheValueHas() {
    Schema chain =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Link", "fields": [{"name": "next", "type": ["null", "Link"]}]}
                """);
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, 0, deep.length - 1, (byte) 2);
    assertThat(of(chain).read(deep).problem()).isEqualTo("nested deeper than 20 levels");

    Schema nothings = SchemaBuilder.array().items().nullType();
    byte[] billions = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 0};
    assertThat(of(nothings).read(billions).problem()).startsWith("malformed Avro: ");
    Schema text = Schema.create(Schema.Type.STRING);
    assertThat(of(text).read(billions).problem()).startsWith("malformed Avro: ");
    assertThat(of(text).read(new byte[] {4, 'a', (byte) 0xE9}).problem())
        .isEqualTo("undecodable bytes: not UTF-8");
  }

  @Test
  void aDocumentThatNamesMakeLongerThanTheLimitIsAProblem() {
    Schema wide =
        SchemaBuilder.array()
            .items(
                SchemaBuilder.record("Wide")
                    .fields()
                    .name("n".repeat(10_000))
                    .type(Schema.create(Schema.Type.NULL))
                    .noDefault()
                    .endRecord());
    byte[] value = new byte[1_000];
    value[0] = (byte) 0xA0;
    value[1] = 0x0F;

    Message message = of(wide).read(value);

    assertThat(message.problem()).isEqualTo("record over 1048576 bytes");
    assertThat(message.raw()).isBase64();
  }

  @Test
  void timesBeyondTheCalendarAndTypesOfOthersKeepWhatTheySay() {
    assertThat(document("long", "timestamp-millis", Long.MAX_VALUE))
        .isEqualTo("\"+292278994-08-17T07:12:55.807Z\"");
    assertThat(document("long", "timestamp-micros", Long.MIN_VALUE))
        .isEqualTo("\"-290308-12-21T19:59:05.224192Z\"");
    assertThat(document("long", "time-micros", 86_399_999_999L)).isEqualTo("\"23:59:59.999999\"");
    assertThat(document("long", "time-micros", -1L)).isNull();
    assertThat(document("int", "date", Integer.MAX_VALUE)).isEqualTo("\"+5881580-07-11\"");
    assertThat(document("string", "uuid", "no uuid")).isEqualTo("\"no uuid\"");
    assertThat(document("int", "of-others", 7)).isEqualTo("7");
    assertThat(document("float", "of-others", Float.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
  }

  private static String document(String type, String logicalType, Object value) {
    Schema schema =
        new Schema.Parser()
            .parse("{\"type\":\"%s\",\"logicalType\":\"%s\"}".formatted(type, logicalType));
    return of(schema).read(encoded(schema, value)).text();
  }

  @Test
  void aSchemasNumberIsAskedForOnce() {
    Schema text = Schema.create(Schema.Type.STRING);
    List<Integer> asked = new ArrayList<>();
    AvroValues values =
        new AvroValues(
            new MessageRules(MessageFormat.AVRO, "", 1 << 20, 20),
            new AvroSchemas() {
              private static final long serialVersionUID = 1L;

              @Override
              public Optional<Schema> schema(int number) {
                asked.add(number);
                return number == 258 ? Optional.of(text) : Optional.empty();
              }
            });
    byte[] known = {0, 0, 0, 1, 2, 2, 'a'};
    byte[] unknown = {0, 0, 0, 0, 9, 2, 'a'};
    for (int i = 0; i < 2; i++) {
      assertThat(values.read(known)).isEqualTo(Message.good("\"a\""));
      assertThat(values.read(unknown).problem())
          .isEqualTo("schema 9 is not known to the registry as one of Avro");
    }
    assertThat(asked).containsExactly(258, 9);
    for (byte[] bare :
        List.of(new byte[0], new byte[] {0, 0, 0, 1}, new byte[] {1, 0, 0, 1, 2, 2})) {
      assertThat(values.read(bare).problem())
          .isEqualTo("malformed Avro: no zero and schema number in front");
    }
  }
}
