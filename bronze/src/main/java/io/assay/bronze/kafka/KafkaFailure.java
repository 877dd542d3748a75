package io.assay.bronze.kafka;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a failure of Kafka's clients means. */
final class KafkaFailure {
  private static final String UNRESOLVABLE = "No resolvable bootstrap urls";

  private KafkaFailure() {}

  /**
   * The failure for people, if it is one of the cluster; else itself.
   *
   * @param connection its name
   */
  static RuntimeException of(String connection, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return known;
      }
      String message = meaning(connection, cause);
      if (message != null) {
        return new AssayException(code(cause), message, failure);
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  private static String meaning(String connection, Throwable cause) {
    if (isLoss(cause)) {
      return "messages that a batch was to read are gone from connection '%s' since it was planned (%s). Nothing of the batch landed; run again to be told what is missing"
          .formatted(connection, line(cause));
    } else if (cause instanceof UnknownTopicOrPartitionException) {
      return "connection '%s' has no such topic: %s. Create it, or correct source.kafka"
          .formatted(connection, line(cause));
    } else if (cause instanceof AuthenticationException
        || cause instanceof AuthorizationException) {
      return "connection '%s' refuses us: %s. Correct its options in assay.yaml, or have the rights given"
          .formatted(connection, line(cause));
    } else if (isSilence(cause)) {
      return "connection '%s' does not answer: %s. Nothing of the batch landed; check brokers and network, then run again"
          .formatted(connection, line(cause));
    } else if (cause instanceof ConfigException) {
      return "connection '%s' cannot be opened: %s. Correct it in assay.yaml"
          .formatted(connection, line(cause));
    }
    return null;
  }

  private static ExitCode code(Throwable cause) {
    if (isLoss(cause)
        || cause instanceof AuthenticationException
        || cause instanceof AuthorizationException) {
      return ExitCode.FAILURE;
    }
    return cause instanceof ConfigException && !isSilence(cause)
        ? ExitCode.CONFIGURATION
        : ExitCode.UNAVAILABLE;
  }

  private static boolean isLoss(Throwable cause) {
    return cause instanceof InvalidOffsetException;
  }

  private static boolean isSilence(Throwable cause) {
    return cause instanceof TimeoutException
        || cause instanceof RetriableException
        || String.valueOf(cause.getMessage()).contains(UNRESOLVABLE);
  }

  private static String line(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
