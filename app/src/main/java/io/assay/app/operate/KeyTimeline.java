package io.assay.app.operate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of one key: its versions, and the events that made them. What the contract tags as
 * personal is masked.
 *
 * @param table the table that holds the versions
 * @param key the key's columns
 * @param versions in the order of the sequence
 * @param events in the order of the sequence
 */
public record KeyTimeline(
    String table, Map<String, Object> key, List<Version> versions, List<Event> events) {

  /**
   * A version; of {@code scd1}, the current row.
   *
   * @param from empty for {@code scd1}, which keeps no validity
   * @param to empty while it is open
   * @param current whether it is open
   * @param afterGap whether the key was gone between the version before and this one
   * @param values the columns that are not part of the key
   * @param changes what differs from the version before; empty for the first
   */
  public record Version(
      Optional<Object> from,
      Optional<Object> to,
      boolean current,
      boolean afterGap,
      Optional<String> versionId,
      Map<String, Object> values,
      List<Change> changes) {}

  /** A column that differs from the version before. */
  public record Change(String column, Object before, Object after) {}

  /**
   * An event.
   *
   * @param sequence the columns that order events
   * @param did what it does at its place
   * @param late whether an event of a greater sequence was there before it
   * @param source where it came from: file and ordinal, topic and offset
   * @param ingestedAt when it landed
   */
  public record Event(
      Map<String, Object> sequence,
      Object validTime,
      String operation,
      Effect did,
      boolean late,
      String source,
      long batch,
      Object ingestedAt) {}

  /** What an event does at its place among all events of its key that are known now. */
  public enum Effect {
    OPENED("opened", "opens the first version, or one after a gap"),
    CHANGED("changed", "closes a version and opens the next; of scd1, changes the row"),
    UPDATED("updated", "gives a version other values in columns that are not tracked"),
    CLOSED("closed", "closes a version"),
    NOTHING("nothing", "changes nothing"),
    LOST("lost a tie", "another event of the same sequence wins");

    private final String label;
    private final String meaning;

    Effect(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    /** For people and programs. */
    public String label() {
      return label;
    }

    /** A sentence's end, for the reference. */
    public String meaning() {
      return meaning;
    }
  }
}
