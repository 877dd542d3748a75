package io.assay.e2e;

import static io.assay.e2e.KilledReadings.RECORDS;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and streams killed again and again while they take in files, and while they clean. */
@Tag("deep")
class FilesKillTest {
  private static final int FILES = 200;

  @TempDir private Path temporary;

  @Test
  void afterTenKillsEachLineIsThereExactlyOnce() throws Exception {
    Path landing = Files.createDirectories(temporary.resolve("landing"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder lines = new StringBuilder("id,text\n");
      for (int i = file; i < RECORDS; i += FILES) {
        lines.append(i).append(",reading ").append(i).append('\n');
      }
      Files.writeString(landing.resolve("%03d.csv".formatted(file)), lines);
    }
    new KilledReadings(
            temporary.resolve("project"),
            "connections: {landing: {store: {root: \"%s\"}}}\n".formatted(landing),
            "source: {files: {connection: landing, path: \"*.csv\", format: csv}}\n")
        .areThereOnceAfterTenKills(RECORDS);
  }
}
