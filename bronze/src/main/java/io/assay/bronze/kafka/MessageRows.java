package io.assay.bronze.kafka;

import io.assay.bronze.record.AvroSchemas;
import io.assay.bronze.record.Message;
import io.assay.bronze.record.MessageRules;
import io.assay.bronze.record.MessageValues;
import io.assay.config.Source;
import io.assay.table.RowColumns;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Messages to rows of bronze, as Spark holds them. */
final class MessageRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The latest time, of Kafka's milliseconds, that a timestamp of Spark holds. */
  private static final long LATEST = Long.MAX_VALUE / 1000;

  private final Source.MessageFormat format;
  private final MessageValues values;
  private transient TopicPartition place;
  private transient UTF8String topic;
  private transient UTF8String origin;

  /**
   * @param schemas of values in Avro that name theirs
   */
  MessageRows(MessageRules rules, AvroSchemas schemas) {
    this.format = rules.format();
    this.values = new MessageValues(rules, schemas);
  }

  /** The columns of {@link #row}. */
  StructType schema() {
    return new StructType()
        .add(RowColumns.VALUE, isBinary() ? DataTypes.BinaryType : DataTypes.StringType)
        .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
        .add(RowColumns.PROBLEM, DataTypes.StringType)
        .add(RowColumns.RAW, DataTypes.StringType)
        .add(RowColumns.MESSAGE, RowColumns.MESSAGE_TYPE);
  }

  InternalRow row(ConsumerRecord<byte[], byte[]> message) {
    boolean timed = message.timestampType() != TimestampType.NO_TIMESTAMP_TYPE;
    boolean timely = !timed || isTimely(message.timestamp());
    Message read =
        timely
            ? values.read(message.value())
            : values.misdated(message.value(), message.timestamp());
    byte[] key = message.key();
    goTo(message);
    return row(
        read.problem() == null ? value(message.value(), read) : null,
        row(origin, message.offset(), key == null ? null : utf8(MessageValues.readable(key))),
        utf8(read.problem()),
        utf8(read.raw()),
        row(
            topic,
            message.partition(),
            timed && timely ? message.timestamp() * 1000 : null,
            utf8(kind(message.timestampType())),
            key,
            headers(message.headers().toArray())));
  }

  /** What all messages of a partition say of it. */
  private void goTo(ConsumerRecord<byte[], byte[]> message) {
    if (place == null
        || place.partition() != message.partition()
        || !place.topic().equals(message.topic())) {
      place = new TopicPartition(message.topic(), message.partition());
      topic = utf8(place.topic());
      origin = utf8(place.topic() + "-" + place.partition());
    }
  }

  /** A text that is kept verbatim has the bytes that came. */
  private Object value(byte[] came, Message read) {
    return switch (format) {
      case BYTES -> came;
      case JSON, TEXT -> UTF8String.fromBytes(came);
      case AVRO -> utf8(read.text());
    };
  }

  private boolean isBinary() {
    return format == Source.MessageFormat.BYTES;
  }

  private static InternalRow row(Object... cells) {
    return new GenericInternalRow(cells);
  }

  private static UTF8String utf8(String text) {
    return UTF8String.fromString(text);
  }

  private static boolean isTimely(long time) {
    return -LATEST <= time && time <= LATEST;
  }

  private static String kind(TimestampType type) {
    return switch (type) {
      case CREATE_TIME -> "create";
      case LOG_APPEND_TIME -> "append";
      case NO_TIMESTAMP_TYPE -> null;
    };
  }

  private static ArrayData headers(Header[] headers) {
    return headers.length == 0
        ? null
        : new GenericArrayData(
            Arrays.stream(headers)
                .map(header -> row(utf8(header.key()), header.value()))
                .toArray());
  }
}
