package io.assay.bench.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
  @TempDir private Path folder;

  @Test
  void aCellIsWrongIfTheCleanFileHasAnotherTextThere() throws IOException {
    Path dirty = file("dirty.csv", "id,name,city", "7,\"a, b\",Bern", "8,,Basel ", "9,c,\"\"");
    Path clean = file("clean.csv", "id,name,city", "7,\"a, b\",Berne", "8,x,Basel", "9,c,");

    Truth truth = Truth.of(dirty, clean);

    assertThat(truth.columns()).containsExactly("id", "name", "city");
    assertThat(truth.records()).containsExactlyInAnyOrder("7", "8", "9");
    assertThat(truth.wrong())
        .containsExactlyInAnyOrder(
            new Cell("7", "city"), new Cell("8", "name"), new Cell("8", "city"));
  }

  @Test
  void filesThatAreNotTheSameRecordsAreRefused() throws IOException {
    Path dirty = file("dirty.csv", "id,name", "1,a", "2,b");

    assertThatThrownBy(() -> Truth.of(dirty, file("short.csv", "id,name", "1,a")))
        .hasMessageContaining("how many records");
    assertThatThrownBy(() -> Truth.of(dirty, file("other.csv", "id,city", "1,a", "2,b")))
        .hasMessageContaining("differ in their header");
    assertThatThrownBy(() -> Truth.of(file("twice.csv", "id,name", "1,a", "1,b"), dirty))
        .hasMessageContaining("two records 1");
  }

  @Test
  void aTableHasTheColumnsWithACellThatIsWrongOrFlaggedAndTheirTotal() throws IOException {
    Truth truth =
        Truth.of(
            file("dirty.csv", "id,name,city", "1,a,b", "2,a,b"),
            file("clean.csv", "id,name,city", "1,x,b", "2,y,b"));

    ScoreTable table =
        ScoreTable.of(
            "people", "rules", truth, Set.of(new Cell("1", "name"), new Cell("2", "city")));

    assertThat(table.markdown())
        .isEqualTo(
            """
            | people, flagged by rules | wrong | flagged | both | precision | recall | F1 |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | `name` | 2 | 1 | 1 | 1.000 | 0.500 | 0.667 |
            | `city` | 0 | 1 | 0 | 0.000 |  | 0.000 |
            | all | 2 | 2 | 1 | 0.500 | 0.500 | 0.500 |
            """);
    assertThatThrownBy(() -> ScoreTable.of("people", "rules", truth, Set.of(new Cell("3", "name"))))
        .hasMessageContaining("no such cell");
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
