package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What silver keeps of changes. */
public record History(
    @Setting(
            "What is kept: none (rows are appended), scd1 (one row per key, its current state) or"
                + " scd2 (every version of every key).")
        Keep keep,
    @Setting(
            "The contract columns that order the events of a key, compared left to right. Required"
                + " for scd1 and scd2. For format: debezium also fields of the message such as"
                + " source.lsn, and by default the positions of its connector.")
        List<String> sequence,
    @Setting(
            "The contract column, a timestamp or date, that fills valid_from and valid_to. By"
                + " default the first sequence column. For format: debezium also source.ts_ms,"
                + " source.ts_us or source.ts_ns; source.ts_ms by default if the sequence is a"
                + " field of the message.")
        Optional<String> validTime,
    @Setting(
            "A SQL condition over the source's and the contract's columns that makes an event a"
                + " delete.")
        Optional<String> deleteWhen,
    @Setting(
            "A SQL condition over the source's and the contract's columns that makes an event a"
                + " truncate: from its sequence on no key exists. It needs no key of its own.")
        Optional<String> truncateWhen,
    @Setting(
            "The columns whose changes open a new version; by default all but the key, the sequence"
                + " and the valid time.")
        Track track,
    @Setting(
            "What becomes of different events of one key at one sequence. The winner depends on"
                + " content alone: a delete, then the greatest hash. latest: the others are"
                + " superseded; quarantine: they go to quarantine, also an earlier winner that a"
                + " later event beats; fail: the batch is held.")
        Ties ties,
    @Setting(
            "Columns in which a null of an upsert means unchanged: the value of the key's preceding"
                + " event stays, unless a delete or truncate lies between.")
        List<String> ignoreNullUpdates,
    @Setting(
            "How much older than the newest accepted valid time of its key, in earlier commits to"
                + " bronze, an event may be; older ones go to quarantine under the rule late. By"
                + " default any age is taken. Not for format: snapshot.")
        Optional<Duration> acceptLate) {
  public static final History NONE =
      new History(
          Keep.NONE,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Track.ALL,
          Ties.LATEST,
          List.of(),
          Optional.empty());

  /** The same history in another order. */
  History ordered(List<String> by, Optional<String> time) {
    return new History(
        keep, by, time, deleteWhen, truncateWhen, track, ties, ignoreNullUpdates, acceptLate);
  }

  /** The same history, for events of any age. */
  public History ofAnyAge() {
    return new History(
        keep,
        sequence,
        validTime,
        deleteWhen,
        truncateWhen,
        track,
        ties,
        ignoreNullUpdates,
        Optional.empty());
  }

  /** How much is kept. */
  public enum Keep {
    /** Rows are appended; there is no key. */
    NONE,
    /** One row per key: its current state. */
    SCD1,
    /** Every version of every key, with its validity. */
    SCD2
  }

  /** What becomes of the losers of a tie. */
  public enum Ties {
    /** They are superseded: remembered, and without effect. */
    LATEST,
    /** They go to quarantine. */
    QUARANTINE,
    /** They hold the batch. */
    FAIL
  }

  /** Which columns' changes open a version. */
  public record Track(
      @Setting("Just these columns.") List<String> only,
      @Setting("All columns but these.") List<String> except) {
    public static final Track ALL = new Track(List.of(), List.of());
  }
}
