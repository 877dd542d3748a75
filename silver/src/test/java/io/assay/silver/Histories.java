package io.assay.silver;

import io.assay.config.History;
import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.config.History.Track;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds the settings of a history for a test, from defaults. */
public final class Histories {
  private final Keep keep;
  private final List<String> sequence;
  private Optional<String> validTime = Optional.empty();
  private Optional<String> deleteWhen = Optional.empty();
  private Optional<String> truncateWhen = Optional.empty();
  private Track track = Track.ALL;
  private Ties ties = Ties.LATEST;
  private List<String> ignoreNullUpdates = List.of();
  private Optional<Duration> acceptLate = Optional.empty();

  private Histories(Keep keep, List<String> sequence) {
    this.keep = keep;
    this.sequence = sequence;
  }

  public static Histories of(Keep keep, String... sequence) {
    return new Histories(keep, List.of(sequence));
  }

  public Histories validTime(String column) {
    validTime = Optional.of(column);
    return this;
  }

  public Histories deleteWhen(String sql) {
    deleteWhen = Optional.of(sql);
    return this;
  }

  public Histories truncateWhen(String sql) {
    truncateWhen = Optional.of(sql);
    return this;
  }

  public Histories track(Track tracked) {
    track = tracked;
    return this;
  }

  public Histories ties(Ties policy) {
    ties = policy;
    return this;
  }

  public Histories ignoreNullUpdates(String... columns) {
    ignoreNullUpdates = List.of(columns);
    return this;
  }

  public Histories acceptLate(Duration bound) {
    acceptLate = Optional.of(bound);
    return this;
  }

  public History build() {
    return new History(
        keep,
        sequence,
        validTime,
        deleteWhen,
        truncateWhen,
        track,
        ties,
        ignoreNullUpdates,
        acceptLate);
  }
}
