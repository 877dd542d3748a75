package io.assay.bronze.kafka;

import static io.assay.bronze.kafka.Topics.records;
import static io.assay.bronze.kafka.Topics.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.KafkaBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are gone before they were read. */
class MissingHistoryTest {
  private static final KafkaBroker KAFKA = KafkaBroker.shared();

  @TempDir Path folder;

  @Test
  void offsetsThatExpiredStopTheFeedUntilAPersonGivesThemUp() {
    KAFKA.create("expiring", 2);
    KAFKA.send(records("expiring", 0, 0, 5));
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "expiring"));
    topics.run();
    assertThatThrownBy(() -> topics.run(CommitSeam.DIRECT, giveUp()))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    KAFKA.send(records("expiring", 0, 5, 12));
    KAFKA.expire("expiring", 0, 8);

    topics.assertFails(
        ExitCode.FAILURE,
        "offsets 5 to 7 of expiring-0 are no longer there; what is left begins at 8",
        "assay bronze t --accept missing_history --reason TEXT");
    topics.assertFails(ExitCode.FAILURE, "offsets 5 to 7");

    BatchResult result = topics.run(CommitSeam.DIRECT, giveUp());
    assertThat(result.account()).isEqualTo(Account.appended(4));
    assertThat(result.notes())
        .anyMatch(note -> note.startsWith("given up by decision: offsets 5 to 7 of expiring-0"));
    assertThat(topics.project.ledger().lastDone().orElseThrow().intent().decision())
        .isEqualTo(giveUp());
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(topics.project.rows("int(_value)")).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void aTopicThatWasMadeAnewStopsTheFeedUntilAPersonAgrees() {
    KAFKA.create("anew", 1);
    KAFKA.send(records("anew", 0, 0, 2));
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "anew"));
    topics.run();
    KAFKA.delete("anew");
    topics.assertFails(ExitCode.UNAVAILABLE, "has no such topic");
    KAFKA.create("anew", 1);
    KAFKA.send(records("anew", 0, 2, 5));

    topics.assertFails(ExitCode.FAILURE, "topic anew was made anew");
    assertThat(topics.run(CommitSeam.DIRECT, giveUp()).account()).isEqualTo(Account.appended(3));
    assertThat(topics.project.rows("_value")).containsExactly("[0]", "[1]", "[2]", "[3]", "[4]");
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void offsetsThatExpireBetweenPlanAndReadingFailTheBatchAndNothingIsLost() {
    KAFKA.create("racing", 1);
    KAFKA.send(records("racing", 0, 0, 2));
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "racing"));
    topics.run();
    KAFKA.send(records("racing", 0, 2, 10));
    CommitSeam retention =
        (point, commit) -> {
          commit.run();
          if (point.step().equals("INTENT")) {
            KAFKA.expire("racing", 0, 4);
          }
        };

    topics.assertFails(retention, ExitCode.FAILURE, "are gone from connection 'shop'");
    assertThat(topics.project.rows("_value")).containsExactly("[0]", "[1]");
    topics.assertFails(ExitCode.FAILURE, "offsets 2 to 3 of racing-0 are no longer there");
  }

  private static Decision giveUp() {
    return new Decision(Map.of("missing_history", "retention was too short"), Optional.empty());
  }
}
