package io.assay.bronze.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

class TextRecordsTest {
  private static final ReadingRules TEXT = Reading.rules(FileFormat.TEXT);
  private static final ReadingRules JSON = Reading.rules(FileFormat.JSON);
  private static final ReadingRules ARRAY = Reading.rules(FileFormat.JSON_ARRAY);

  @Test
  void aByteOrderMarkOverridesTheEncoding() {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] content = "\ufeffna\u00efve \ud83d\ude00\nline".getBytes(charset);
      ReadingRules latin =
          Reading.rules(FileFormat.TEXT, "ISO-8859-1", Source.Csv.DEFAULT, Source.Limits.DEFAULT);

      assertThat(Reading.all(latin, "f", content))
          .containsExactly(
              FileRecord.good(1, "na\u00efve \ud83d\ude00"), FileRecord.good(2, "line"));
    }
  }

  @Test
  void anEncodingIsFollowedWhereThereIsNoMark() {
    ReadingRules latin =
        Reading.rules(FileFormat.TEXT, "ISO-8859-1", Source.Csv.DEFAULT, Source.Limits.DEFAULT);

    assertThat(Reading.all(latin, "f", new byte[] {'c', 'a', 'f', (byte) 0xE9}))
        .containsExactly(FileRecord.good(1, "caf\u00e9"));
    assertThat(Reading.all(TEXT, "f", new byte[] {'c', (byte) 0xE9, '\n', (byte) 0xC3}))
        .containsExactly(
            FileRecord.bad(1, 1, "undecodable bytes: not UTF-8", "c\\xE9"),
            FileRecord.bad(2, 1, "undecodable bytes: not UTF-8", "\\xC3"));
  }

  @Test
  void textLongerThanTheBuffersIsReadWhole() {
    String line = "\u20ac\ud83d\ude00x".repeat(50_000);

    assertThat(Reading.all(TEXT, line + "\r\n\n" + line))
        .containsExactly(
            FileRecord.good(1, line), FileRecord.good(2, ""), FileRecord.good(3, line));
  }

  @Test
  void aJsonLineIsKeptVerbatimOrToldMalformed() {
    String good = " {\"a\": 1.10, \"a\": 123456789012345678901234567890, \"b\": \"\\u00e9\"}";

    assertThat(Reading.all(JSON, good + "\n\n  \n{\"a\":1}x\n{\"a\":NaN}\nnull\n[1,\r\n"))
        .containsExactly(
            FileRecord.good(1, good),
            FileRecord.bad(2, 1, "malformed JSON near character 8", "{\"a\":1}x"),
            FileRecord.bad(3, 1, "malformed JSON near character 8", "{\"a\":NaN}"),
            FileRecord.good(4, "null"),
            FileRecord.bad(5, 1, "malformed JSON near character 3", "[1,"));
  }

  @Test
  void theElementsOfAnArrayAreItsRecords() {
    assertThat(Reading.all(ARRAY, "[ {\"a\":[1,\"]},\\\"\"]} ,\n 2.50,, \"x\" ]"))
        .containsExactly(
            FileRecord.good(1, "{\"a\":[1,\"]},\\\"\"]}"),
            FileRecord.good(2, "2.50"),
            FileRecord.bad(3, 1, "malformed JSON near character 1", ""),
            FileRecord.good(4, "\"x\""));
    assertThat(Reading.all(ARRAY, " {\"a\": 1}\n"))
        .containsExactly(FileRecord.good(1, "{\"a\": 1}"));
    assertThat(Reading.all(ARRAY, "")).isEmpty();
    assertThat(Reading.all(ARRAY, "[]\n")).isEmpty();
    assertThat(Reading.all(ARRAY, " "))
        .containsExactly(FileRecord.bad(1, 1, "malformed JSON: no document", ""));
    assertThat(Reading.all(ARRAY, "[1] 2"))
        .containsExactly(
            FileRecord.good(1, "1"),
            FileRecord.bad(2, 1, "malformed JSON: text after the end of the document", "2"));
    assertThat(Reading.all(ARRAY, "[1, 23"))
        .containsExactly(
            FileRecord.good(1, "1"),
            FileRecord.bad(2, 1, "malformed JSON: array not closed", "23"));
  }

  @Test
  void nestingOverTheLimitIsToldAndReferredTo() {
    ReadingRules rules =
        Reading.rules(FileFormat.JSON, "UTF-8", Source.Csv.DEFAULT, new Source.Limits(1 << 20, 3));
    List<FileRecord> records = Reading.all(rules, "[[[1]]]\n[[[[1]]]]\n");

    assertThat(records.get(0)).isEqualTo(FileRecord.good(1, "[[[1]]]"));
    assertThat(records.get(1).problem()).isEqualTo("nested deeper than 3 levels");
    assertThat(records.get(1).raw()).startsWith("{\"bytes\":9,\"sha256\":\"");
  }

  @Test
  void aRecordOverTheLimitCostsBoundedMemoryAndIsReferredTo() throws Exception {
    int size = 20 << 20;
    InputStream huge = new Repeated('x', size);
    ReadingRules rules =
        Reading.rules(FileFormat.TEXT, "UTF-8", Source.Csv.DEFAULT, new Source.Limits(1 << 20, 10));
    TextInput input = new TextInput(huge, StandardCharsets.UTF_8);
    RecordText record = new RecordText(1 << 20);
    int largest = 0;
    for (int c = input.read(); c != TextInput.END; c = input.read()) {
      record.add(c);
      largest = Math.max(largest, record.capacity());
    }
    assertThat(largest).isLessThanOrEqualTo(1 << 20);

    byte[] all = new byte[size];
    Arrays.fill(all, (byte) 'x');
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
    assertThat(Reading.all(rules, "f", all))
        .containsExactly(
            FileRecord.bad(
                1,
                1,
                "record over 1048576 bytes",
                "{\"bytes\":%d,\"sha256\":\"%s\",\"start\":\"%s\"}"
                    .formatted(size, sha, "x".repeat(1024))));
  }

  @Test
  void aRecordOverTheLimitDoesNotSpoilTheNext() {
    Source.Limits limits = new Source.Limits(100, 10);
    String big = "\"" + "\u20ac\ud83d\ude00".repeat(5_000) + "\"";
    for (FileFormat format : List.of(FileFormat.CSV, FileFormat.JSON, FileFormat.JSON_ARRAY)) {
      ReadingRules rules = Reading.rules(format, "UTF-8", Source.Csv.DEFAULT, limits);
      String content =
          format == FileFormat.JSON_ARRAY
              ? "[" + big + ",\n1]"
              : (format == FileFormat.CSV ? "a\n" : "") + big + "\n1\n";
      List<FileRecord> records = Reading.all(rules, content);

      assertThat(records).hasSize(2);
      assertThat(records.get(0).problem()).isEqualTo("record over 100 bytes");
      assertThat(records.get(0).raw())
          .startsWith("{\"bytes\":35002,\"sha256\":\"" + sha256(big) + "\"");
      assertThat(records.get(1)).isEqualTo(FileRecord.good(2, "1"));
    }
  }

  @Test
  void inWhateverPiecesAFileComesItsRecordsAreTheSame() {
    String[] pieces = {
      "a",
      "bc",
      "xyz".repeat(9),
      ",",
      "|",
      "||",
      "\"",
      "'",
      "\\",
      "\n",
      "\r\n",
      "é",
      "😀",
      "\u00ff",
      "#",
      " "
    };
    Random random = new Random(20261121);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "a,b\n" : "a||b\n");
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes =
          text.toString()
              .getBytes(
                  random.nextInt(4) > 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
      Source.Csv csv =
          random.nextBoolean()
              ? Source.Csv.DEFAULT
              : new Source.Csv("||", "'", "\\", true, Optional.of("#"));
      FileFormat format = random.nextInt(3) > 0 ? FileFormat.CSV : FileFormat.TEXT;
      Source.Limits limits = new Source.Limits(random.nextBoolean() ? 20 : 1 << 20, 10);
      ReadingRules rules = Reading.rules(format, "UTF-8", csv, limits);

      assertThat(Reading.all(rules, "f", new ByteArrayInputStream(bytes)))
          .as("%s", text)
          .isEqualTo(Reading.all(rules, "f", new ByteByByte(bytes)));
    }
  }

  @Test
  void compressionIsToldByTheName() throws IOException {
    byte[] plain = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> archives =
        Map.of("f.gz", gzip(plain), "f.csv.bz2", bzip2(plain), "F.ZST", zstd(plain));
    archives.forEach(
        (name, content) -> {
          assertThat(Reading.all(TEXT, name, content)).hasSize(2);
          assertThatThrownBy(
                  () -> Reading.all(TEXT, name, Arrays.copyOf(content, content.length - 5)))
              .as("truncated " + name)
              .isInstanceOf(UnreadableFile.class)
              .hasMessageStartingWith(name + ": a truncated or corrupt archive");
          assertThatThrownBy(() -> Reading.all(TEXT, name, plain))
              .as("no archive: " + name)
              .isInstanceOf(UnreadableFile.class);
        });
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A stream of one byte, many times, which nobody has to hold. */
  private static final class Repeated extends InputStream {
    private final int value;
    private int left;

    Repeated(int value, int times) {
      this.value = value;
      this.left = times;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }
  }

  /** Gives one byte whenever it is asked for some, so that nothing is at hand beyond it. */
  private static final class ByteByByte extends ByteArrayInputStream {
    ByteByByte(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(1, length));
    }
  }
}
