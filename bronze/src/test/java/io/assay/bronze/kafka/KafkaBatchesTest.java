package io.assay.bronze.kafka;

import static io.assay.bronze.kafka.Topics.bytes;
import static io.assay.bronze.kafka.Topics.record;
import static io.assay.bronze.kafka.Topics.records;
import static io.assay.bronze.kafka.Topics.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Connection;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.job.Pending;
import io.assay.testing.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a backlog becomes batches, and what becomes of those that are interrupted. */
class KafkaBatchesTest {
  private static final KafkaBroker KAFKA = KafkaBroker.shared();

  @TempDir Path folder;

  @Test
  void aBacklogIsWorkedOffInBatchesAndWhatComesMeanwhileIsLeftToTheNextRun() {
    KAFKA.create("backlog", 2);
    KAFKA.send(records("backlog", 0, 0, 20));
    KAFKA.send(records("backlog", 1, 20, 25));
    Topics topics =
        Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "backlog")).inBatchesOf(10);
    CommitSeam busy =
        (point, commit) -> {
          commit.run();
          KAFKA.send(records("backlog", 0, 100, 101));
        };

    BatchResult result = topics.run(busy, Decision.NONE);

    assertThat(result.account()).isEqualTo(Account.appended(25));
    assertThat(topics.project.rows("_batch", "_source.origin"))
        .filteredOn(row -> row.equals("[1,backlog-1]"))
        .hasSize(2);
    assertThat(topics.project.ledger().newestBatch()).isEqualTo(3);
    topics.run();
    assertThat(topics.project.rows("_source.origin", "_source.position"))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(25);
  }

  @Test
  void aRunThatDiesAnywhereIsCompletedByTheNextOne() {
    KAFKA.create("dying", 1);
    Topics topics =
        Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "dying")).inBatchesOf(3);
    int next = 0;
    for (String step : List.of("INTENT", "BRONZE", "DONE")) {
      for (boolean before : List.of(true, false)) {
        KAFKA.send(records("dying", 0, next, next + 5));
        next += 5;
        CommitSeam powerCut =
            (point, commit) -> {
              if (!before) {
                commit.run();
              }
              if (point.step().equals(step)) {
                throw new IllegalStateException("power cut");
              }
              if (before) {
                commit.run();
              }
            };
        assertThatThrownBy(() -> topics.run(powerCut, Decision.NONE)).hasMessage("power cut");
      }
    }
    topics.run();

    assertThat(topics.project.rows("int(_value)", "_source.position"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, next).mapToObj(i -> "[" + i + "," + i + "]").toList());
  }

  @Test
  void onlyWhatATransactionCommittedLandsAndOneThatIsOpenIsWaitedFor() {
    KAFKA.create("bank", 1);
    Topics topics = Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "bank"));
    try (KafkaProducer<byte[], byte[]> first = KAFKA.producer(Map.of("transactional.id", "a"));
        KafkaProducer<byte[], byte[]> second = KAFKA.producer(Map.of("transactional.id", "b"))) {
      first.initTransactions();
      second.initTransactions();
      first.beginTransaction();
      KafkaBroker.await(first.send(record("bank", 0, "1")));
      first.commitTransaction();
      first.beginTransaction();
      KafkaBroker.await(first.send(record("bank", 0, "2")));
      first.abortTransaction();
      second.beginTransaction();
      KafkaBroker.await(second.send(record("bank", 0, "3")));
      KAFKA.send(List.of(record("bank", 0, "4")));

      topics.run();
      assertThat(topics.project.rows("_value")).containsExactly("[1]");
      assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(topics.pending()).isEqualTo(new Pending.Records(2));

      second.commitTransaction();
      topics.run();
      assertThat(topics.project.rows("_value")).containsExactly("[1]", "[3]", "[4]");
    }
    topics.run();
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);

    Topics single =
        Topics.of(folder.resolve("single"), source(MessageFormat.JSON, Start.EARLIEST, "bank"))
            .inBatchesOf(1);
    assertThat(single.run().account()).isEqualTo(Account.appended(3));
    assertThat(single.project.rows("_value")).containsExactly("[1]", "[3]", "[4]");
    assertThat(single.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void ofACompactedTopicLandsWhatIsLeftAndItsGapsAreNoLoss() throws InterruptedException {
    KAFKA.create(
        "compacted",
        1,
        Map.of(
            "cleanup.policy",
            "compact",
            "segment.bytes",
            "200",
            "min.cleanable.dirty.ratio",
            "0.01"));
    for (int i = 0; i < 30; i++) {
      KAFKA.send(
          List.of(
              new ProducerRecord<>(
                  "compacted", 0, bytes(i % 10 == 0 ? "kept" + i : "k"), bytes("" + i))));
    }
    List<String> left = kept();
    while (left.size() > 20) {
      Thread.sleep(100);
      left = kept();
    }
    Topics topics =
        Topics.of(folder, source(MessageFormat.JSON, Start.EARLIEST, "compacted")).inBatchesOf(5);

    topics.run();

    assertThat(topics.project.rows("_source.position"))
        .contains("[0]", "[10]", "[20]", "[29]")
        .doesNotContain("[1]")
        .doesNotHaveDuplicates();
    assertThat(left).containsAll(topics.project.rows("_source.position"));
    assertThat(topics.run().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  private static List<String> kept() {
    Connection.Kafka cluster =
        new Connection.Kafka(KAFKA.address(), Map.of(), Optional.empty(), Duration.ofSeconds(20));
    List<String> positions = new ArrayList<>();
    try (KafkaCluster kafka = new KafkaCluster("shop", cluster);
        MessageFeed feed =
            new MessageFeed(
                kafka.consumerOptions(),
                kafka.patience(),
                List.of(new Slice("compacted", 0, 0, 30)))) {
      feed.forEachRemaining(message -> positions.add("[" + message.offset() + "]"));
    }
    return positions;
  }
}
