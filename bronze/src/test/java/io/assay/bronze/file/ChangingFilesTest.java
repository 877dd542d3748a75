package io.assay.bronze.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Source.FileFormat;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that somebody else changes between the moment they are listed and the one they are read.
 */
class ChangingFilesTest {
  @TempDir Path folder;

  private interface Change {
    void make() throws IOException;
  }

  /** Does something behind the batch's back when its files are listed and none is read. */
  private static CommitSeam meanwhile(Change change) {
    return (point, commit) -> {
      commit.run();
      if (point.step().equals("INTENT")) {
        try {
          change.make();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Test
  void columnsThatComeAndGoAreToldAlsoByABatchThatIsCompletedAfterACrash() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("1.csv", "a,b\n1,2\n");
    landing.run();
    assertThat(landing.changes()).isEmpty();
    landing.file("2.csv", "A,c\n1,2\n");
    CommitSeam halting =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("BRONZE")) {
            throw new IllegalStateException("halted");
          }
        };
    assertThatThrownBy(() -> landing.run(halting)).hasMessage("halted");
    landing.run();
    assertThat(landing.changes())
        .containsExactly(
            "c appeared - string added to the table", "b disappeared string - null in new rows");
    landing.file("3.csv", "a,c\n");
    landing.run();
    assertThat(landing.changes()).isEmpty();
    landing.file("4.csv", "a,b,c\n1,2,3\n");
    landing.run();
    assertThat(landing.changes()).containsExactly("b returned string string filled again");
    assertThat(landing.rows("a", "b", "c")).containsExactly("[1,2,3]", "[1,2,null]", "[1,null,2]");
  }

  @Test
  void aFileThatIsStillWrittenIsRefusedAndReadWholeTheNextTime() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("1.csv", "a,b\n1,2\n");
    Path small = landing.file("2.csv", "a,b\n3,4\n");
    String many = "5,6\n".repeat(50_000);
    Path large = landing.file("3.csv", "a,b\n" + many + "7,");
    Path cut = landing.file("4.csv", "a,b\n9,9\n9,9\n");

    BatchResult result =
        landing.run(
            meanwhile(
                () -> {
                  Files.writeString(small, "5,6\n", StandardOpenOption.APPEND);
                  Files.writeString(large, "8\n", StandardOpenOption.APPEND);
                  Files.writeString(cut, "a,b\n9,9\n");
                }));

    assertThat(result.account()).isEqualTo(Account.appended(1));
    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.notes())
        .hasSize(3)
        .allMatch(note -> note.contains("changed while it was read"))
        .anyMatch(note -> note.contains("2.csv") && note.contains("8 bytes were listed"));
    assertThat(landing.ledger().newestBatch()).isEqualTo(1);

    BatchResult next = landing.run();
    assertThat(next.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(next.account()).isEqualTo(Account.appended(2 + 50_001 + 1));
    assertThat(landing.rows().where("a = '7'").select("b").first().getString(0)).isEqualTo("8");
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aFileThatWasAwayForAMomentIsReadWhenItIsBackAsItWas() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.PARQUET);
    Path file = landing.file("1.parquet", parquet(landing));
    FileTime time = Files.getLastModifiedTime(file);
    Path away = folder.resolve("away");

    BatchResult result = landing.run(meanwhile(() -> Files.move(file, away)));
    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.notes()).singleElement().asString().contains("no longer there", "next run");
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);

    Files.move(away, file);
    Files.setLastModifiedTime(file, time);
    assertThat(landing.run().account()).isEqualTo(Account.appended(3));
  }

  private byte[] parquet(Landing landing) throws IOException {
    Path out = folder.resolve("out");
    landing.spark().range(3).coalesce(1).write().parquet(out.toUri().toString());
    try (Stream<Path> files = Files.list(out)) {
      return Files.readAllBytes(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
  }
}
