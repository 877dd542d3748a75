package io.assay.config;

import io.assay.document.Setting;
import java.util.Map;
import java.util.Optional;

/**
 * One of {@code publish} of a mart's {@code pipeline.yaml}: a copy of the mart outside of the
 * warehouse, kept up to date. Its name names its job, {@code publish.NAME}.
 *
 * @param columns by their names there; empty for every column under its own name
 */
public record Publication(
    @Setting("Where it goes.") Destination to,
    @Setting(
            "What goes: each key is a column there, its value one of the mart's columns. Without it"
                + " every column goes under its own name. Columns that are tagged pii go only where"
                + " they are named here.")
        Map<String, String> columns,
    @Setting(
            value =
                "changes: the rows that the mart gained, changed and lost since what was published"
                    + " last, and all where that cannot be told; all: all rows whenever something"
                    + " has changed.",
            otherwise = "changes")
        Mode mode,
    @Setting(
            "When a scheduler is to start its job, in the business zone: hourly, daily, weekly,"
                + " monthly, or the five fields of cron. plan --json tells it.")
        Optional<Schedule> schedule,
    @Setting("That assay stream publishes each new version of the mart.")
        Optional<Continuous> continuous) {

  /** What is sent when the mart has changed. */
  public enum Mode {
    /** What differs from the version that was published last. */
    CHANGES,
    /** Every row. */
    ALL
  }
}
