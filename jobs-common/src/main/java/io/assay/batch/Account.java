package io.assay.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of every event of a batch. Unit: the event after conform (a source row after declared
 * explode). No term is computed by subtraction, so {@link #balanced()} is a check that can fail.
 *
 * @param read rows of the input range, from the input files' own statistics
 * @param expanded additional events: from rows that hold several, and those of earlier batches that
 *     a new one beats in a tie and so sends to quarantine
 * @param implied events that a snapshot or truncate implies
 * @param applied accepted events that changed state
 * @param unchanged accepted events that changed nothing
 * @param superseded losers of ties and, for {@code scd1}, events overtaken within the batch
 * @param duplicate events seen before
 * @param quarantined events that broke a rule
 * @param filtered events that the dataset's {@code where} leaves out
 */
public record Account(
    long read,
    long expanded,
    long implied,
    long applied,
    long unchanged,
    long superseded,
    long duplicate,
    long quarantined,
    long filtered) {

  public static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The account of an append: what was read was applied. */
  public static Account appended(long rows) {
    return new Account(rows, 0, 0, rows, 0, 0, 0, 0, 0);
  }

  /** The account of rows of which none is taken, since a person rejected them. */
  public static Account rejected(long rows) {
    return new Account(rows, 0, 0, 0, 0, 0, 0, 0, rows);
  }

  /**
   * Whether {@code read + expanded + implied = applied + unchanged + superseded + duplicate +
   * quarantined + filtered}.
   */
  public boolean balanced() {
    return read + expanded + implied
        == applied + unchanged + superseded + duplicate + quarantined + filtered;
  }

  /** Adds every term, and whether they balance, to the JSON object of a report. */
  public void addTo(ObjectNode report) {
    report
        .put("read", read)
        .put("expanded", expanded)
        .put("implied", implied)
        .put("applied", applied)
        .put("unchanged", unchanged)
        .put("superseded", superseded)
        .put("duplicate", duplicate)
        .put("quarantined", quarantined)
        .put("filtered", filtered)
        .put("balanced", balanced());
  }

  /** The account of both together. */
  public Account plus(Account other) {
    return new Account(
        read + other.read,
        expanded + other.expanded,
        implied + other.implied,
        applied + other.applied,
        unchanged + other.unchanged,
        superseded + other.superseded,
        duplicate + other.duplicate,
        quarantined + other.quarantined,
        filtered + other.filtered);
  }
}
