package io.assay.bronze.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIngestJobTest {
  @TempDir Path folder;

  @Test
  void whatCameIsKeptWithItsSourceAndHeadersOfAnyOrderAreUnited() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("1 [old].csv", "a,b\n1,2\n3,\n");
    landing.file("2.csv", "B,c d,a\n5,6,4\n");
    landing.file("_hidden.csv", "a\n1\n");
    landing.file(".hidden.csv", "a\n1\n");

    BatchResult result = landing.run();

    assertThat(result.account()).isEqualTo(Account.appended(3));
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(
            landing.rows(
                "a",
                "b",
                "c_d",
                "regexp_extract(_source.origin, '[^/]*$', 0)",
                "_source.position",
                "_source.key",
                "_problem",
                "_raw",
                "_run_id",
                "string(_ingested_at)"))
        .containsExactly(
            "[1,2,null,1 [old].csv,1,null,null,null,run-1,2026-01-02 03:04:05]",
            "[3,null,null,1 [old].csv,2,null,null,null,run-1,2026-01-02 03:04:05]",
            "[4,5,6,2.csv,1,null,null,null,run-1,2026-01-02 03:04:05]");
  }

  @Test
  void newHeaderColumnsAreAddedAndMissingOnesAreNull() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("1.csv", "a,b\n1,2\n");
    landing.run();
    landing.file("2.csv", "A,extra\n3,4\n");
    landing.run();

    assertThat(landing.rows("a", "b", "extra")).containsExactly("[1,2,null]", "[3,null,4]");
  }

  @Test
  void everyFileIsReadOnceWhateverItsTimestamp() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    Path first = landing.file("b.csv", "a\n1\n");
    Landing.touch(first, old.plus(Duration.ofDays(4000)));
    landing.run();
    Landing.touch(landing.file("a.csv", "a\n2\n"), old);
    Landing.touch(landing.file("c.csv", "a\n3\n"), old.plus(Duration.ofDays(4000)));
    landing.run();
    long version = landing.version();

    BatchResult again = landing.run();
    Landing.touch(first, Instant.parse("2026-01-01T00:00:00Z"));
    landing.file("c.csv", "a\n3\n4\n");
    BatchResult touched = landing.run();

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.notes()).isEmpty();
    assertThat(touched.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(touched.notes()).singleElement().asString().contains("2 landed files changed");
    assertThat(landing.version()).isEqualTo(version);
    assertThat(landing.rows("a")).containsExactly("[1]", "[2]", "[3]");
  }

  @Test
  void aBacklogIsWorkedOffInBatchesOfBoundedSize() {
    Landing landing = Landing.of(folder, FileFormat.TEXT, 10);
    for (int i = 0; i < 25; i++) {
      landing.file("%02d.txt".formatted(i), i + "\n");
    }
    assertThat(landing.pending()).isEqualTo(new Pending.Files(25, 65));

    BatchResult result = landing.run();

    assertThat(result.account()).isEqualTo(Account.appended(25));
    assertThat(landing.ledger().newestBatch()).isEqualTo(3);
    assertThat(landing.rows("_value")).hasSize(25).doesNotHaveDuplicates();
    assertThat(landing.pending()).isEqualTo(new Pending.Nothing());
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void filesWithoutRecordsGiveNoRowsAndAreNoted() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("empty.csv", "");
    landing.file("header.csv", "a,b\n");

    BatchResult result = landing.run();

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.account()).isEqualTo(Account.EMPTY);
    assertThat(result.notes())
        .anyMatch(note -> note.endsWith("empty.csv is empty: no rows"))
        .anyMatch(note -> note.endsWith("header.csv holds no record: no rows"));
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void rowsThatCannotBeReadAsDeclaredLandWithTheirProblem() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    byte[] content =
        "a,b\n1,2\n3\n\"x\"y,4\n\u00e9,5\n6,%s\n7,\"8\n"
            .formatted("z".repeat(2 << 20))
            .getBytes(StandardCharsets.ISO_8859_1);
    landing.file("dirty.csv", content);

    BatchResult result = landing.run();

    assertThat(result.account()).isEqualTo(Account.appended(6));
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(landing.rows("_source.position", "a", "_problem", "substr(_raw, 1, 20)"))
        .containsExactly(
            "[1,1,null,null]",
            "[2,null,ragged: 1 field, header has 2,3]",
            "[3,null,text after closing quote,\"x\"y,4]",
            "[4,null,undecodable bytes: not UTF-8,\\xE9,5]",
            "[5,null,record over 1048576 bytes,{\"bytes\":2097154,\"sh]",
            "[6,null,quote not closed,7,\"8]");
  }

  @Test
  void jsonIsKeptVerbatimAndMalformedDocumentsLandWithTheirProblem() {
    Landing landing = Landing.of(folder, FileFormat.JSON);
    landing.file("1.json", "{\"n\": 1.10}\n{\"n\":\n" + "[".repeat(21) + "]".repeat(21) + "\n");

    BatchResult result = landing.run();

    assertThat(result.account()).isEqualTo(Account.appended(3));
    assertThat(landing.rows("_source.position", "_value", "_problem", "substr(_raw, 1, 10)"))
        .containsExactly(
            "[1,{\"n\": 1.10},null,null]",
            "[2,null,malformed JSON near character 5,{\"n\":]",
            "[3,null,nested deeper than 20 levels,{\"bytes\":4]");
  }

  @Test
  void aCorruptFileIsRefusedWholeAndTheOthersGoOn() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    StringBuilder many = new StringBuilder("a,b\n");
    for (int i = 0; i < 100_000; i++) {
      many.append(i).append(',').append(Integer.toHexString(i * 31)).append('\n');
    }
    byte[] archive = gzip(many.toString());
    landing.file("1.csv", "a,b\n1,2\n");
    landing.file("2.csv.gz", Arrays.copyOf(archive, archive.length - 100));
    landing.file("3.csv.gz", "this is no archive");
    landing.file("4.csv.gz", gzip("a,b\n3,4\n"));

    BatchResult result = landing.run();

    assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.account()).isEqualTo(Account.appended(2));
    assertThat(result.notes())
        .hasSize(2)
        .allMatch(note -> note.startsWith("refused ") && note.contains("deliver it again"))
        .anyMatch(note -> note.contains("2.csv.gz"))
        .anyMatch(note -> note.contains("3.csv.gz"));
    assertThat(landing.rows("a", "b")).containsExactly("[1,2]", "[3,4]");
    assertThat(landing.run().exitCode()).isEqualTo(ExitCode.OK);

    landing.file("3.csv.gz", gzip("a,b\n5,6\n"));
    assertThat(landing.run().account()).isEqualTo(Account.appended(1));
    assertThat(landing.rows("a", "b")).containsExactly("[1,2]", "[3,4]", "[5,6]");
  }

  @Test
  void aBatchOfRefusedFilesOnlyCommitsNothing() {
    Landing landing = Landing.of(folder, FileFormat.TEXT);
    landing.file("1.gz", "this is no archive");

    BatchResult result = landing.run();

    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(landing.version()).isEqualTo(-1);
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void anInterruptedBatchIsRolledForwardWithItsAccountAndItsRefusals() {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    landing.file("1.csv", "a\n1\n2\n");
    landing.file("2.csv.gz", "this is no archive");
    CommitSeam powerCut =
        (point, commit) -> {
          if (point.step().equals("DONE")) {
            throw new IllegalStateException("power cut");
          }
          commit.run();
        };
    assertThatThrownBy(() -> landing.run(powerCut)).hasMessage("power cut");

    BatchResult result = landing.run();

    assertThat(result.account()).isEqualTo(Account.appended(2));
    assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(result.notes()).anyMatch(note -> note.startsWith("refused "));
    assertThat(landing.rows("a")).containsExactly("[1]", "[2]");
    assertThat(landing.ledger().end(1).orElseThrow().written()).containsOnlyKeys(Landing.TABLE);
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aMissingFolderIsUnavailableAndAnEmptyOneIsUnchanged() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.CSV);
    assertThatThrownBy(landing::run)
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
        .hasMessageContaining(folder.resolve("in").toString());

    Files.createDirectories(folder.resolve("in"));
    assertThat(landing.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aConnectionGivesTheRootAndItsHadoopSettings() throws IOException {
    Path store = Files.createDirectories(folder.resolve("store"));
    Files.createDirectories(store.resolve("in/2026"));
    Files.writeString(store.resolve("in/2026/1.csv"), "a\n1\n");
    Source.Files source =
        new Source.Files(
            Optional.of("lake"),
            "in/*/*.csv",
            FileFormat.CSV,
            "UTF-8",
            Source.Csv.DEFAULT,
            Source.Limits.DEFAULT);
    Connection lake =
        new Connection.Store(
            "mine:" + store, Map.of("fs.mine.impl", MineFileSystem.class.getName()));
    Landing landing = new Landing(folder, source, 10, Map.of("lake", lake));

    assertThat(landing.run().account()).isEqualTo(Account.appended(1));
    assertThat(landing.rows("a", "split(_source.origin, ':')[0]")).containsExactly("[1,mine]");
  }

  @Test
  void aStartReadsACheckpointAndNotEveryBatchThereEverWas() throws IOException {
    Landing landing = Landing.of(folder, FileFormat.CSV, 1);
    for (int i = 0; i < FileLedger.CHECKPOINT + 2; i++) {
      landing.file("%04d.csv".formatted(i), "");
    }
    landing.run();

    Path ledger = Path.of(landing.ledger().root().toUri());
    assertThat(ledger.resolve("seen/0001-0000000100.json.gz")).exists();
    for (int batch = 1; batch < FileLedger.CHECKPOINT; batch++) {
      Files.delete(ledger.resolve("batches/000000/%010d.intent.json".formatted(batch)));
    }
    assertThat(landing.pending()).isEqualTo(new Pending.Nothing());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
