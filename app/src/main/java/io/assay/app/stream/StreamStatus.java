package io.assay.app.stream;

import io.assay.batch.StatusFiles;
import io.assay.config.Project;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * How a stream stands, as its process told last.
 *
 * @param runId names the process
 * @param heartbeatAt when it told this
 * @param stoppedAt when it ended in order; empty while it runs, and if it was killed
 */
public record StreamStatus(
    String runId,
    String host,
    long pid,
    Instant startedAt,
    Instant heartbeatAt,
    Optional<Instant> stoppedAt,
    List<QueryStatus> queries) {
  /** How often a stream tells how it stands. */
  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** How long it may be silent before it counts as dead. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  public StreamStatus {
    queries = List.copyOf(queries);
  }

  /** What the streams of a project told last, the newest first. Needs no Spark. */
  public static List<StreamStatus> of(Project project, Configuration configuration) {
    return files(project, configuration).read(StreamStatus.class).stream()
        .sorted(Comparator.comparing(StreamStatus::heartbeatAt).reversed())
        .toList();
  }

  static StatusFiles files(Project project, Configuration configuration) {
    return new StatusFiles(project.warehouse().streams(), configuration);
  }

  /** Since when it does not run any more; empty if it runs. */
  public Optional<Instant> notRunningSince(Clock clock) {
    boolean silent = heartbeatAt.plus(SILENCE).isBefore(clock.instant());
    return stoppedAt.or(() -> silent ? Optional.of(heartbeatAt) : Optional.empty());
  }

  /** Its query of the same dataset or mart; empty if it has none. */
  public Optional<QueryStatus> query(Query of) {
    return queries.stream()
        .filter(query -> !Collections.disjoint(query.tables(), of.tables()))
        .findFirst();
  }
}
