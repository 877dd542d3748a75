package io.assay.bronze.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.bronze.TestData;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import io.assay.table.SourceNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cases that others published, with their expected outcomes. */
class PublishedCasesTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

  @Test
  void everyFileOfCsvSpectrumIsReadAsItsJsonSays() throws IOException {
    Path folder = TestData.folder("csv-spectrum");
    List<Path> files = files(folder.resolve("csvs"), ".csv");

    assertThat(files).hasSize(12);
    for (Path file : files) {
      String expected = file.getFileName().toString().replace(".csv", ".json");
      List<Map<String, String>> rows =
          JSON.readValue(folder.resolve("json/" + expected).toFile(), new TypeReference<>() {});
      assertThat(byName(file))
          .as(file.toString())
          .isEqualTo(rows.stream().map(PublishedCasesTest::asInTheFile).toList());
    }
  }

  @Test
  void jsonThatMustBeAcceptedIsAndJsonThatMustBeRefusedIs() throws IOException {
    Map<String, Boolean> accepted = new TreeMap<>();
    for (Path file : files(TestData.folder("json-suite"), ".json")) {
      List<FileRecord> records =
          Reading.all(
              Reading.rules(FileFormat.JSON_ARRAY), file.toString(), Files.readAllBytes(file));
      accepted.put(
          file.getFileName().toString(),
          records.stream().allMatch(record -> record.problem() == null));
    }
    assertThat(accepted).hasSizeGreaterThan(140);
    assertThat(names(accepted, "y_", false)).as("refused, but valid").isEmpty();
    assertThat(names(accepted, "n_", true)).as("accepted, but invalid").isEmpty();
  }

  @Test
  void lineEndingsOfEveryKindGiveTheSameRecords() throws IOException {
    Path folder = TestData.folder("csv-univocity").resolve("csv");
    Source.Csv csv = new Source.Csv(",", "\"", "\"", false, Optional.of("#"));
    ReadingRules rules = Reading.rules(FileFormat.CSV, "UTF-8", csv, Source.Limits.DEFAULT);
    List<FileRecord> unix = read(rules, folder.resolve("essential.csv"));

    assertThat(unix).hasSizeGreaterThan(15);
    assertThat(read(rules, folder.resolve("essential-mac.csv"))).isEqualTo(unix(unix, "\r"));
    assertThat(read(rules, folder.resolve("essential-dos.csv"))).isEqualTo(unix(unix, "\r\n"));
  }

  @Test
  void aFileOfQuotedFieldsOnlyAndOldMacLineEndingsIsReadWhole() throws IOException {
    Path file = TestData.folder("csv-univocity").resolve("issues/github_194/uk-500.csv");
    List<FileRecord> records = read(Reading.rules(FileFormat.CSV), file);

    assertThat(records).hasSize(500).allMatch(record -> record.problem() == null);
    assertThat(records.get(0).values()).startsWith("Aleshia", "Tomkiewicz");
  }

  @Test
  void badQuotingAndOtherEscapesOfThePublishedFilesAreSeen() throws IOException {
    Path folder = TestData.folder("csv-univocity");
    Source.Csv plain = new Source.Csv(",", "\"", "\"", false, Optional.empty());
    Source.Csv backslash = new Source.Csv(",", "\"", "\\", true, Optional.empty());

    assertThat(
            read(
                Reading.rules(FileFormat.CSV, "UTF-8", plain, Source.Limits.DEFAULT),
                folder.resolve("csv/test.csv")))
        .extracting(FileRecord::problem)
        .containsExactly("text after closing quote");
    ReadingRules rules = Reading.rules(FileFormat.CSV, "UTF-8", backslash, Source.Limits.DEFAULT);
    byte[] content = Files.readAllBytes(folder.resolve("examples/escape.csv"));
    try (RecordReader reader = RecordReader.open(rules, "f", new ByteArrayInputStream(content))) {
      assertThat(reader.columns()).containsExactly("You_are_\"beautiful\"");
    }
  }

  private static Map<String, String> asInTheFile(Map<String, String> row) {
    Map<String, String> renamed = new LinkedHashMap<>();
    // Published with other line endings, and with another number, than the CSV has.
    row.forEach(
        (name, value) -> renamed.put(SourceNames.storable(name), value.replace("\r\n", "\n")));
    renamed.computeIfPresent("Contact_Phone_Number", (name, value) -> "2095257564");
    return renamed;
  }

  private static List<FileRecord> unix(List<FileRecord> records, String lineEnding) {
    return records.stream()
        .map(
            record ->
                new FileRecord(
                    record.ordinal(),
                    record.values().stream().map(value -> replaced(value, lineEnding)).toList(),
                    record.problem(),
                    replaced(record.raw(), lineEnding)))
        .toList();
  }

  private static String replaced(String value, String lineEnding) {
    return value == null ? null : value.replace("\n", lineEnding);
  }

  private static TreeSet<String> names(
      Map<String, Boolean> accepted, String prefix, boolean wanted) {
    TreeSet<String> names = new TreeSet<>();
    accepted.forEach(
        (name, is) -> {
          if (name.startsWith(prefix) && is == wanted) {
            names.add(name);
          }
        });
    return names;
  }

  private static List<Map<String, String>> byName(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<Map<String, String>> rows = new ArrayList<>();
    try (RecordReader reader =
        RecordReader.open(Reading.rules(FileFormat.CSV), "f", new ByteArrayInputStream(content))) {
      for (Optional<FileRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
        assertThat(next.get().problem()).as(file.toString()).isNull();
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < reader.columns().size(); i++) {
          row.put(reader.columns().get(i), next.get().values().get(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<FileRecord> read(ReadingRules rules, Path file) throws IOException {
    return Reading.all(rules, file.toString(), Files.readAllBytes(file));
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
