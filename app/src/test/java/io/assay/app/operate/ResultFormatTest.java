package io.assay.app.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.testing.TestSpark;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
  private final SparkSession spark = spark();

  private static SparkSession spark() {
    SparkSession spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    return spark;
  }

  private Dataset<Row> rows() {
    return spark.sql(
        "SELECT * FROM VALUES"
            + " (1, 12345678901234567890.120, TIMESTAMP '2026-11-20 09:56:11.123', DATE '0099-01-02',"
            + "  'a\"b,c', map('k', array(1, null)), named_struct('x', 0.10, 'y', true), 1.5D),"
            + " (2, null, null, null, '', null, null, null)"
            + " AS t(id, amount, at, day, text, m, s, d) ORDER BY id");
  }

  private String written(ResultFormat format) throws IOException {
    return written(format, rows(), 0);
  }

  private static String written(ResultFormat format, Dataset<Row> rows, int columns)
      throws IOException {
    StringBuilder out = new StringBuilder();
    format.writer("(none)", columns).write(rows.schema(), rows.toLocalIterator(), out);
    return out.toString();
  }

  @Test
  void jsonIsOneArrayWithExactNumbersAndTimesInUtc() throws IOException {
    String text = written(ResultFormat.JSON);
    JsonNode array =
        new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(text);
    assertThat(array).hasSize(2);
    assertThat(text).contains("\"amount\":12345678901234567890.120");
    assertThat(array.get(0).get("at").asText()).isEqualTo("2026-11-20T09:56:11.123Z");
    assertThat(array.get(0).get("day").asText()).isEqualTo("0099-01-02");
    assertThat(array.get(0).get("m").toString()).isEqualTo("{\"k\":[1,null]}");
    assertThat(text).contains("\"s\":{\"x\":0.10,\"y\":true}", "\"d\":1.5");
    assertThat(array.get(1).get("amount").isNull()).isTrue();
    assertThat(array.get(1).get("text").asText()).isEmpty();
  }

  @Test
  void noRowsAreAnEmptyArray() throws IOException {
    String text = written(ResultFormat.JSON, rows().where("id > 2"), 0);
    assertThat(new ObjectMapper().readTree(text)).isEmpty();
  }

  @Test
  void csvQuotesWhatMustBeQuotedAndTellsNullFromEmpty() throws IOException {
    assertThat(written(ResultFormat.CSV).split("\r\n"))
        .containsExactly(
            "id,amount,at,day,text,m,s,d",
            "1,12345678901234567890.120,2026-11-20T09:56:11.123Z,0099-01-02,\"a\"\"b,c\","
                + "\"{\"\"k\"\":[1,null]}\",\"{\"\"x\"\":0.10,\"\"y\"\":true}\",1.5",
            "2,,,,\"\",,,");
  }

  @Test
  void aTableHasNumbersToTheRightAndAWiderOneIsWrittenAsRecords() throws IOException {
    Dataset<Row> rows = rows().selectExpr("id * 100 AS id", "text", "day");
    String table =
        " id  text   day\n---  -----  ----------\n100  a\"b,c  0099-01-02\n200         (none)\n";
    String records =
        "-- row 1 --\nid    100\ntext  a\"b,c\nday   0099-01-02\n"
            + "-- row 2 --\nid    200\ntext\nday   (none)\n";
    assertThat(written(ResultFormat.TABLE, rows, 0)).isEqualTo(table);
    assertThat(written(ResultFormat.TABLE, rows, 22)).isEqualTo(table);
    assertThat(written(ResultFormat.TABLE, rows, 21)).isEqualTo(records);
    assertThat(written(ResultFormat.RECORDS, rows, 0)).isEqualTo(records);
  }

  @Test
  void peopleSeeALineForEachValueAndNothingThatTheirTerminalWouldObey() throws IOException {
    Dataset<Row> rows = spark.sql("SELECT concat('a\\n\\tb', char(27), '[2J', char(155)) AS text");
    assertThat(written(ResultFormat.TABLE, rows, 0)).endsWith("\na\\n\\tb\\u001b[2J\\u009b\n");
  }
}
