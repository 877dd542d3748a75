package io.assay.app.stream;

import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a query stands.
 *
 * @param query its name
 * @param tables the tables that it fills
 * @param everySeconds its trigger
 * @param lag what waited when it was last measured; empty if it was not yet
 */
public record QueryStatus(
    TableName query,
    List<TableName> tables,
    double everySeconds,
    Standing standing,
    Progress progress,
    Optional<Lag> lag) {

  /** What a query does. */
  public enum State {
    /** It was just started. */
    STARTING,
    /** It works on a batch, or looks for one. */
    RUNNING,
    /** It waits for its next turn. */
    WAITING,
    /** Its source did not answer; it will be asked again. */
    RETRYING,
    /** A batch waits for a person's decision; what its source has still lands. */
    HELD,
    /** It was given up; the others go on. */
    FAILED,
    /** It ended as it was asked to. */
    STOPPED;

    /** The lower-case name of the JSON shapes. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What it does.
   *
   * @param since when it came into this state
   * @param reason why it is retrying, held or failed, or what it waits for
   * @param failures how often in a row its source has not answered
   * @param failureLimit with one more it is given up
   * @param exitCode what it adds to the stream's own, were that to end now
   */
  public record Standing(
      State state,
      Instant since,
      Optional<String> reason,
      int failures,
      int failureLimit,
      ExitCode exitCode) {}

  /**
   * What it has done since the stream began.
   *
   * @param applied rows that its last table took
   * @param quarantined rows that went to quarantine
   * @param lastBatchAt when its newest batch was done
   * @param caughtUpAt everything that was at the source then can be read now
   */
  public record Progress(
      long applied, long quarantined, Optional<Instant> lastBatchAt, Optional<Instant> caughtUpAt) {
    static final Progress NONE = new Progress(0, 0, Optional.empty(), Optional.empty());
  }

  /**
   * What waits.
   *
   * @param rows records at the source that have not landed, and rows of bronze that are not in
   *     silver; empty where they cannot be counted
   * @param files files that have not landed; empty where the source has none
   */
  public record Lag(Optional<Long> rows, Optional<Long> files, Instant measuredAt) {}

  QueryStatus with(Standing next) {
    return new QueryStatus(query, tables, everySeconds, next, progress, lag);
  }

  QueryStatus with(Progress made) {
    return new QueryStatus(query, tables, everySeconds, standing, made, lag);
  }

  QueryStatus with(Lag measured) {
    return new QueryStatus(query, tables, everySeconds, standing, progress, Optional.of(measured));
  }
}
