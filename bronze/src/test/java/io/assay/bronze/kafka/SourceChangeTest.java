package io.assay.bronze.kafka;

import static io.assay.bronze.kafka.Topics.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.bronze.BronzeProject;
import io.assay.bronze.file.FileIngestJob;
import io.assay.config.BatchLimits;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bronze table that is filled from files in one environment and from a topic in another. */
class SourceChangeTest {
  private static final KafkaBroker KAFKA = KafkaBroker.shared();
  private static final Decision AGREED =
      new Decision(Map.of("source_change", "from the export to the topic"), Optional.empty());
  private static final Source.Files FILES =
      new Source.Files(
          Optional.empty(), "in/*", FileFormat.JSON, "UTF-8", Source.Csv.DEFAULT, Topics.LIMITS);

  @TempDir Path folder;

  @Test
  void aPersonAgreesToEachChangeAndNothingIsSkippedOrTakenTwice() throws IOException {
    KAFKA.create("changed", 1);
    KAFKA.send(records("changed", 0, 0, 3));
    Topics topics = Topics.of(folder, Topics.source(MessageFormat.JSON, Start.EARLIEST, "changed"));
    file("1.jsonl", "[100]\n[101]\n");
    files(topics.project, CommitSeam.DIRECT, Decision.NONE);
    assertThatThrownBy(() -> files(topics.project, CommitSeam.DIRECT, AGREED))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));

    topics.assertFails(
        ExitCode.CONFIGURATION,
        "bronze.t was filled from files until now, and its source is kafka. Nothing landed",
        "assay bronze t --accept source_change --reason TEXT");
    assertThat(topics.run(CommitSeam.DIRECT, AGREED).account()).isEqualTo(Account.appended(3));
    assertThat(topics.project.ledger().lastDone().orElseThrow().intent().decision())
        .isEqualTo(AGREED);
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);

    KAFKA.send(records("changed", 0, 3, 5));
    file("2.jsonl", "[102]\n");
    assertThatThrownBy(() -> files(topics.project, CommitSeam.DIRECT, Decision.NONE))
        .hasMessageContaining("was filled from kafka until now, and its source is files");
    assertThat(files(topics.project, CommitSeam.DIRECT, AGREED).account())
        .isEqualTo(Account.appended(1));
    assertThat(topics.run(CommitSeam.DIRECT, AGREED).account()).isEqualTo(Account.appended(2));
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(topics.project.rows("_value"))
        .containsExactly("[0]", "[1]", "[2]", "[3]", "[4]", "[[100]]", "[[101]]", "[[102]]");
  }

  @Test
  void aBatchThatWasInterruptedIsCompletedByTheSourceThatBeganIt() throws IOException {
    KAFKA.create("interrupting", 1);
    Topics topics =
        Topics.of(folder, Topics.source(MessageFormat.JSON, Start.EARLIEST, "interrupting"));
    file("1.jsonl", "[1]\n");
    CommitSeam powerCut =
        (point, commit) -> {
          commit.run();
          if (point.toString().endsWith("/BRONZE")) {
            throw new IllegalStateException("power cut");
          }
        };
    assertThatThrownBy(() -> files(topics.project, powerCut, Decision.NONE))
        .hasMessage("power cut");

    topics.assertFails(
        ExitCode.CONFIGURATION, "batch 1 of bronze.t was interrupted while its source was files");
    assertThat(files(topics.project, CommitSeam.DIRECT, Decision.NONE).account())
        .isEqualTo(Account.appended(1));
    topics.assertFails(ExitCode.CONFIGURATION, "its source is kafka");
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static BatchResult files(BronzeProject project, CommitSeam seam, Decision decision) {
    return new FileIngestJob(project.dataset(FILES, new BatchLimits(100, 10)), FILES)
        .run(project.context(seam, decision));
  }
}
