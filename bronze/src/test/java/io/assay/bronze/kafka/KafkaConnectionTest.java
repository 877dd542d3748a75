package io.assay.bronze.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Account;
import io.assay.batch.CommitSeam;
import io.assay.config.Connection;
import io.assay.config.Source.MessageFormat;
import io.assay.config.Start;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.testing.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is there, refuses, or is not there. */
class KafkaConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aClusterIsReachedWithItsOptionsRefusesAWrongPasswordAndIsWaitedForAsDeclared() {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.create("t", 1);
      broker.send(Topics.records("t", 0, 0, 3));
      assertThat(secure(broker, KafkaBroker.PASSWORD).run().account())
          .isEqualTo(Account.appended(3));

      Instant asked = Instant.now();
      assertThatThrownBy(() -> secure(broker, "wr0ng").run())
          .isInstanceOfSatisfying(
              AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILURE))
          .hasMessageContaining("connection 'shop' refuses us")
          .hasMessageNotContaining("wr0ng");
      assertThat(Duration.between(asked, Instant.now()))
          .as("at once")
          .isLessThan(LONG.dividedBy(3));

      Topics misspelt =
          topics(
              "misspelt",
              new Connection.Kafka(
                  broker.address(), Map.of("security.protocl", "SSL"), Optional.empty(), PATIENCE));
      misspelt.assertFails(ExitCode.CONFIGURATION, "did you mean 'security.protocol'?");

      Topics open =
          topics(
              "open", new Connection.Kafka(broker.address(), Map.of(), Optional.empty(), PATIENCE));
      CommitSeam outage =
          (point, commit) -> {
            commit.run();
            if (point.step().equals("INTENT")) {
              broker.stop();
            }
          };
      open.assertFails(outage, ExitCode.UNAVAILABLE, "does not answer");
      Instant start = Instant.now();
      open.assertFails(ExitCode.UNAVAILABLE, "connection 'shop' does not answer");
      assertThat(Duration.between(start, Instant.now())).isLessThan(PATIENCE.multipliedBy(3));

      broker.start();
      assertThat(open.run().account()).isEqualTo(Account.appended(3));
    }
  }

  private Topics secure(KafkaBroker broker, String password) {
    return topics(
        "secure-" + password,
        new Connection.Kafka(
            broker.secureAddress(), broker.clientOptions(password), Optional.empty(), LONG));
  }

  private Topics topics(String name, Connection.Kafka cluster) {
    return Topics.of(
        folder.resolve(name), cluster, Topics.source(MessageFormat.JSON, Start.EARLIEST, "t"));
  }
}
