package io.assay.bronze.record;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
  private static final ReadingRules RULES = Reading.rules(FileFormat.CSV);

  @Test
  void emptyAndQuotedEmptyFieldsDiffer() {
    assertThat(Reading.all(RULES, "a,b,c\n1,,\"\"\n"))
        .containsExactly(FileRecord.good(1, "1", null, ""));
  }

  @Test
  void quotesHoldDelimitersLineBreaksAndDoubledQuotes() {
    assertThat(Reading.all(RULES, "a,b\n\"x,y\",\"1\n2\r\n3\"\n\"say \"\"hi\"\"\",5\" pipe"))
        .containsExactly(
            FileRecord.good(1, "x,y", "1\n2\r\n3"), FileRecord.good(2, "say \"hi\"", "5\" pipe"));
  }

  @Test
  void everyLineEndingEndsARecordAndBlankLinesAreNone() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertThat(Reading.all(RULES, String.join(end, "a,b", "1,2", "", "3,4", "")))
          .containsExactly(FileRecord.good(1, "1", "2"), FileRecord.good(2, "3", "4"));
    }
  }

  @Test
  void aRaggedRowIsToldWithWhatWasRead() {
    assertThat(Reading.all(RULES, "a,b,c\n1,2\n1,2,3,4\n1,2,3\nonly\n"))
        .containsExactly(
            FileRecord.bad(1, 3, "ragged: 2 fields, header has 3", "1,2"),
            FileRecord.bad(2, 3, "ragged: 4 fields, header has 3", "1,2,3,4"),
            FileRecord.good(3, "1", "2", "3"),
            FileRecord.bad(4, 3, "ragged: 1 field, header has 3", "only"));
  }

  @Test
  void textAfterAClosingQuoteSpoilsItsRecordOnly() {
    assertThat(Reading.all(RULES, "a,b\n\"x\"y,2\n3,4\n"))
        .containsExactly(
            FileRecord.bad(1, 2, "text after closing quote", "\"x\"y,2"),
            FileRecord.good(2, "3", "4"));
  }

  @Test
  void aQuoteThatIsNeverClosedSpoilsItsLineOnly() {
    assertThat(Reading.all(RULES, "a,b\n1,2\n3,\"4\r\n5,6\n7,8"))
        .containsExactly(
            FileRecord.good(1, "1", "2"),
            FileRecord.bad(2, 2, "quote not closed", "3,\"4"),
            FileRecord.good(3, "5", "6"),
            FileRecord.good(4, "7", "8"));
    assertThat(Reading.all(RULES, "a,b\n3,\"4"))
        .containsExactly(FileRecord.bad(1, 2, "quote not closed", "3,\"4"));
  }

  @Test
  void aQuoteThatStaysOpenBeyondTheLimitSpoilsItsLineOnly() {
    ReadingRules rules =
        Reading.rules(FileFormat.CSV, "UTF-8", Source.Csv.DEFAULT, new Source.Limits(50, 10));
    List<FileRecord> records = Reading.all(rules, "a,b\n3,\"4\n" + "5,\u00e9\n".repeat(1000));

    assertThat(records).hasSize(1001).startsWith(FileRecord.bad(1, 2, "quote not closed", "3,\"4"));
    assertThat(records.subList(1, 1001))
        .allMatch(record -> record.values().equals(asList("5", "\u00e9")));
  }

  @Test
  void undecodableBytesSpoilTheirRecordOnlyAndCanBeReadInIt() {
    byte[] content = "a,b\n1,2\ncaf\u00e9,3\n4,5\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Reading.all(RULES, "f.csv", content))
        .containsExactly(
            FileRecord.good(1, "1", "2"),
            FileRecord.bad(2, 2, "undecodable bytes: not UTF-8", "caf\\xE9,3"),
            FileRecord.good(3, "4", "5"));
  }

  @Test
  void undecodableBytesBehindAStrayQuoteSpoilTheirOwnLine() {
    byte[] content = "a,b\n1,\"2\n\u00e9,3\n4,5".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Reading.all(RULES, "f.csv", content))
        .containsExactly(
            FileRecord.bad(1, 2, "quote not closed", "1,\"2"),
            FileRecord.bad(2, 2, "undecodable bytes: not UTF-8", "\\xE9,3"),
            FileRecord.good(3, "4", "5"));
  }

  @Test
  void aDialectIsFollowed() {
    Source.Csv csv = new Source.Csv("||", "'", "\\", true, Optional.of("#"));
    ReadingRules rules = Reading.rules(FileFormat.CSV, "UTF-8", csv, Source.Limits.DEFAULT);

    assertThat(
            Reading.all(rules, "# told by nobody\na||b\n'it\\'s'||'a\\\\b\\n'\n#x\n1|2||\"3\"\n"))
        .containsExactly(FileRecord.good(1, "it's", "a\\b\\n"), FileRecord.good(2, "1|2", "\"3\""));
  }

  @Test
  void aFileWithoutAHeaderTakesTheContractsColumns() {
    Source.Csv csv = new Source.Csv(",", "\"", "\"", false, Optional.empty());
    ReadingRules rules = Reading.rules(FileFormat.CSV, "UTF-8", csv, Source.Limits.DEFAULT);

    assertThat(Reading.all(rules, "1,2,3\n1,2\n"))
        .containsExactly(
            FileRecord.good(1, "1", "2", "3"),
            FileRecord.bad(2, 3, "ragged: 2 fields, contract has 3", "1,2"));
  }

  @Test
  void headerNamesAreMadeStorableAndUnique() throws IOException {
    byte[] header = "Order ID,order id,,_source,total\n1,2,3,4,5".getBytes(StandardCharsets.UTF_8);
    try (RecordReader reader = RecordReader.open(RULES, "f", new ByteArrayInputStream(header))) {
      assertThat(reader.columns())
          .containsExactly("Order_ID", "order_id_2", "column_3", "_source_2", "total");
      assertThat(reader.notes()).hasSize(3);
    }
  }

  @Test
  void aHeaderThatMakesNoSenseRefusesTheFile() {
    assertThatThrownBy(() -> Reading.all(RULES, "a,\"b\n1,2\n"))
        .isInstanceOf(UnreadableFile.class)
        .hasMessage("file: its header cannot be read (quote not closed)");
  }

  @Test
  void nothingComesOfAnEmptyFileOrAHeaderAlone() {
    assertThat(Reading.all(RULES, "")).isEmpty();
    assertThat(Reading.all(RULES, "a,b,c")).isEmpty();
    assertThat(Reading.all(RULES, "a,b,c\r\n\r\n")).isEmpty();
  }
}
