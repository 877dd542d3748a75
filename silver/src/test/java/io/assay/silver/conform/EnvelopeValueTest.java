package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.EnvelopeField;
import io.assay.testing.TestSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class EnvelopeValueTest {

  @Test
  void everyFieldOrdersAsItsSourceDoes() {
    List<Column> values = new ArrayList<>();
    for (String position :
        List.of(
            "source.lsn|24023128",
            "source.lsn|abc",
            "source.file|mysql-bin.000999",
            "source.file|mysql-bin.1000000",
            "source.file|",
            "source.scn|18446744073709551616",
            "source.commit_lsn|00000027:00000ac0:0002",
            "source.commit_lsn|ffffffff:ffffffff:ffff",
            "source.commit_lsn|27",
            "source.change_lsn|null",
            "source.event_serial_no|null",
            "source.row|null")) {
      String[] parts = position.split("\\|", 2);
      Column text =
          parts[1].equals("null")
              ? org.apache.spark.sql.functions.lit(null).cast("string")
              : org.apache.spark.sql.functions.lit(parts[1]);
      values.add(
          EnvelopeValue.position(EnvelopeField.of(parts[0]).orElseThrow(), text).cast("string"));
    }
    for (String time : List.of("SOURCE_TS_MS", "TS_US", "SOURCE_TS_NS")) {
      values.add(EnvelopeValue.time(EnvelopeField.valueOf(time), col("value")).cast("string"));
    }
    for (String nanoseconds : List.of("1700000000123453000", "1700000000123453999", "-1")) {
      Column text = org.apache.spark.sql.functions.lit(nanoseconds);
      values.add(EnvelopeValue.time(EnvelopeField.SOURCE_TS_NS, text).cast("string"));
    }

    Row row =
        TestSpark.session()
            .createDataset(List.of("1641600000123"), Encoders.STRING())
            .select(values.toArray(Column[]::new))
            .first();

    assertThat(row.mkString(","))
        .isEqualTo(
            "24023128,null,999,1000000,null,18446744073709551616,"
                + "10977524272070658,1208925819614629174706175,null,0,0,null,"
                + "2022-01-08 00:00:00.123,1970-01-20 00:00:00.000123,1970-01-01 00:27:21.6,"
                + "2023-11-14 22:13:20.123453,2023-11-14 22:13:20.123453,"
                + "1969-12-31 23:59:59.999999");
  }
}
