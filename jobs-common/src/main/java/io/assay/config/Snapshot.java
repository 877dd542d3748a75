package io.assay.config;

import io.assay.document.Setting;
import java.util.List;
import java.util.Optional;

/** How a source's rows make up snapshots: all that there is, at one point of the sequence. */
public record Snapshot(
    @Setting(
            "A SQL expression over the source's columns and _source that tells when the snapshot of"
                + " a row was taken: a timestamp, a date, or a text in ISO 8601, such as"
                + " regexp_extract(_source.origin, '([0-9-]{10})[.]csv$', 1). It orders the"
                + " snapshots unless history.sequence names columns.")
        Optional<String> takenAt,
    @Setting(
            value =
                "How many files make one snapshot. A snapshot with fewer is not taken: rows that"
                    + " stand in a file to come would pass for deleted.",
            otherwise = "1")
        int files) {
  public static final Snapshot DEFAULT = new Snapshot(Optional.empty(), 1);

  private static final String ORIGIN = "regexp_extract(_source.origin, '@([^@]+)$', 1)";

  /** What {@code history.sequence} calls the time that {@link #takenAt} tells. */
  public static final String TAKEN_AT = "snapshot.taken_at";

  /** The same; if nothing tells its time, the origin of its rows does, behind an at sign. */
  Snapshot orTakenAtItsOrigin() {
    return takenAt == null || takenAt.isPresent() ? this : new Snapshot(Optional.of(ORIGIN), files);
  }

  /** The history in the order of the snapshots. */
  History completed(History history) {
    boolean ordered = history.sequence() == null || !history.sequence().isEmpty();
    return ordered || takenAt == null || takenAt.isEmpty() || history.keep() == History.Keep.NONE
        ? history
        : history.ordered(List.of(TAKEN_AT), history.validTime());
  }
}
