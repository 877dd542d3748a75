package io.assay.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The fields around a row in a Debezium message that can order or time its event. */
public enum EnvelopeField {
  LSN("source.lsn", Kind.WHOLE),
  FILE("source.file", Kind.BINARY_LOG),
  POS("source.pos", Kind.WHOLE),
  ROW("source.row", Kind.WHOLE),
  SCN("source.scn", Kind.LARGE),
  COMMIT_SCN("source.commit_scn", Kind.LARGE),
  COMMIT_LSN("source.commit_lsn", Kind.LOG_SEQUENCE),
  CHANGE_LSN("source.change_lsn", Kind.LOG_SEQUENCE),
  EVENT_SERIAL_NO("source.event_serial_no", Kind.WHOLE),
  TOTAL_ORDER("transaction.total_order", Kind.WHOLE),
  SOURCE_TS_MS("source.ts_ms", Kind.MILLISECONDS),
  SOURCE_TS_US("source.ts_us", Kind.MICROSECONDS),
  SOURCE_TS_NS("source.ts_ns", Kind.NANOSECONDS),
  TS_MS("ts_ms", Kind.MILLISECONDS),
  TS_US("ts_us", Kind.MICROSECONDS),
  TS_NS("ts_ns", Kind.NANOSECONDS);

  private final String path;
  private final Kind kind;

  EnvelopeField(String path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  /** What a field holds. */
  public enum Kind {
    /** A whole number of 64 bits. */
    WHOLE,
    /** A whole number of any size. */
    LARGE,
    /** The name of a binary log, such as {@code mysql-bin.000003}, ordered by its number. */
    BINARY_LOG,
    /** Three hexadecimal numbers, such as {@code 00000027:00000ac0:0002}. */
    LOG_SEQUENCE,
    /** A time since 1970, as a whole number. */
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS
  }

  /** The field of a name; empty if there is none. */
  public static Optional<EnvelopeField> of(String path) {
    return Arrays.stream(values()).filter(field -> field.path.equals(path)).findFirst();
  }

  /** All names. */
  static Set<String> paths() {
    return Arrays.stream(values())
        .map(EnvelopeField::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of times. */
  static Set<String> timePaths() {
    return Arrays.stream(values())
        .filter(EnvelopeField::isTime)
        .map(EnvelopeField::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How configurations name it: where it stands in the message, dots between the parts. */
  public String path() {
    return path;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether it can be a valid time. */
  public boolean isTime() {
    return kind == Kind.MILLISECONDS || kind == Kind.MICROSECONDS || kind == Kind.NANOSECONDS;
  }

  /**
   * Whether it may be absent, and counts as 0 then: SQL Server tells where in a transaction a
   * change stands, which rows of a snapshot do not.
   */
  public boolean isMinor() {
    return this == CHANGE_LSN || this == EVENT_SERIAL_NO;
  }
}
