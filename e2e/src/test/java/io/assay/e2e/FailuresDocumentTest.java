package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of faults, held against the tests that it names. */
class FailuresDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\|[^|]*\\|[^|]*\\| (`\\w+#\\w+`(?:, `\\w+#\\w+`)*) \\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final String TEST = "@Test\\b[^;{}]* void %s\\(";

  @Test
  void everyRowNamesTestsThatExist() throws IOException {
    List<String> lines =
        Files.readAllLines(Installation.root().resolve("docs/reference/failures.md")).stream()
            .filter(line -> line.startsWith("| "))
            .skip(2)
            .toList();
    assertThat(lines).hasSizeGreaterThan(60);
    Map<String, String> sources = sources();
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      assertThat(row.matches()).as("fault, outcome, `Class#method`: " + line).isTrue();
      Matcher named = NAMED.matcher(row.group(1));
      while (named.find()) {
        assertThat(sources).as(line).containsKey(named.group(1));
        Pattern test = Pattern.compile(TEST.formatted(named.group(2)));
        assertThat(test.matcher(sources.get(named.group(1))).find()).as(line).isTrue();
      }
    }
  }

  /** By the names of the classes, which need not be unique. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Installation.root())) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*Test\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  FailuresDocumentTest::text,
                  String::concat));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
