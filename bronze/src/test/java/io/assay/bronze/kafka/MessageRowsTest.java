package io.assay.bronze.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.bronze.record.MessageRules;
import io.assay.config.Source.MessageFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

class MessageRowsTest {
  private static String problemAndTime(MessageFormat format, long time, TimestampType type) {
    MessageRows rows =
        new MessageRows(new MessageRules(format, "", 100, 5), number -> Optional.empty());
    InternalRow row =
        rows.row(
            new ConsumerRecord<>(
                "t",
                0,
                7,
                time,
                type,
                -1,
                1,
                null,
                new byte[] {'1'},
                new RecordHeaders(),
                Optional.empty()));
    InternalRow beside = row.getStruct(4, 6);
    return row.getUTF8String(2)
        + ", "
        + row.getUTF8String(3)
        + ", "
        + (beside.isNullAt(2) ? null : beside.getLong(2))
        + ", "
        + beside.getUTF8String(3);
  }

  @Test
  void aTimeIsKeptWhereATimestampHoldsItAndIsAProblemWhereNoneDoes() {
    assertThat(problemAndTime(MessageFormat.JSON, -5, TimestampType.CREATE_TIME))
        .isEqualTo("null, null, -5000, create");
    assertThat(problemAndTime(MessageFormat.JSON, -1, TimestampType.NO_TIMESTAMP_TYPE))
        .isEqualTo("null, null, null, null");
    long last = Long.MAX_VALUE / 1000;
    for (long time : new long[] {last, -last}) {
      assertThat(problemAndTime(MessageFormat.TEXT, time, TimestampType.LOG_APPEND_TIME))
          .isEqualTo("null, null, " + time * 1000 + ", append");
    }
    for (long time : new long[] {last + 1, -last - 1, Long.MIN_VALUE}) {
      assertThat(problemAndTime(MessageFormat.BYTES, time, TimestampType.CREATE_TIME))
          .isEqualTo(
              "time beyond any timestamp: %d ms since 1970, 1, null, create".formatted(time));
    }
    assertThat(problemAndTime(MessageFormat.JSON, Long.MAX_VALUE, TimestampType.CREATE_TIME))
        .startsWith("time beyond any timestamp: 9223372036854775807 ms since 1970, 1,");
  }
}
