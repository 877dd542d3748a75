package io.assay.config;

import io.assay.document.Setting;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** {@code pipeline.yaml} of a dataset, with defaults filled in. */
public record DatasetPipeline(
    @Setting("Where the rows come from.") Source source,
    @Setting(
            value =
                "How the records tell what changed: plain (a record is a row; history.delete_when"
                    + " says which are deletes), snapshot (the records are all rows that there are;"
                    + " the others are deleted) or debezium (a record is a message of Debezium in"
                    + " JSON).",
            otherwise = "plain")
        Format format,
    @Setting("How messages are read, for format: debezium.") Optional<Debezium> debezium,
    @Setting("What a snapshot is, for format: snapshot.") Optional<Snapshot> snapshot,
    @Setting(value = "The zone of times in the source that name none.", otherwise = "UTC")
        ZoneId timezone,
    @Setting(
            "The array whose elements are rows: its name in the record, dots between the names if"
                + " objects stand around it, or $ if the record is the array. Fields are the"
                + " element's; expressions call the record's own _document.NAME, and the element's"
                + " place in the array, from 0, _event.")
        Optional<String> explode,
    @Setting(
            "SQL expressions by contract column, over the source's columns. A column that is not"
                + " named is copied from the source column of the same name, or of the contract's"
                + " physicalName.")
        Map<String, String> columns,
    @Setting("Rows for which this SQL condition is not true are left out and counted as filtered.")
        Optional<String> where,
    @Setting("What is kept of changes.") History history,
    @Setting(
            value =
                "What happens to source columns that the contract does not know: rescue (kept as"
                    + " text in _rescued), evolve (each becomes a text column of silver) or fail"
                    + " (the batch is held).",
            otherwise = "rescue")
        Drift drift,
    @Setting("Marks exact repeats of a row, for sources without a key.") Optional<Repeats> repeats,
    @Setting("When a batch is held although no batch rule failed. By default as in assay.yaml.")
        Gate gate,
    @Setting("How large a batch may grow. By default as in assay.yaml.") BatchLimits batch,
    @Setting(
            "When a scheduler is to start its jobs, in the business zone: hourly, daily, weekly,"
                + " monthly, or the five fields of cron. plan --json tells it.")
        Optional<Schedule> schedule,
    @Setting(
            "That assay stream keeps its tables up to date; by default a run does. Both work on the"
                + " same tables, so it can be set and unset at any time.")
        Optional<Continuous> continuous) {

  /** A format's own order and time of events are defaults of the history. */
  public DatasetPipeline {
    if (format == Format.DEBEZIUM && history != null && debezium != null) {
      history = debezium.orElse(Debezium.DEFAULT).completed(history);
    } else if (format == Format.SNAPSHOT && history != null && snapshot != null) {
      if (source instanceof Source.Jdbc) {
        snapshot = Optional.of(snapshot.orElse(Snapshot.DEFAULT).orTakenAtItsOrigin());
      }
      history = snapshot.orElse(Snapshot.DEFAULT).completed(history);
    }
  }

  /**
   * How the fields of records stand in bronze.
   *
   * @param project the project that has the dataset
   */
  public Payload payload(Project project) {
    return format == Format.DEBEZIUM ? Payload.JSON : source.payload(project);
  }

  /** What happens to source columns that the contract does not know. */
  public enum Drift {
    /** They are kept, as text, in silver's {@code _rescued}. */
    RESCUE,
    /** Each becomes a column of silver, of type string. */
    EVOLVE,
    /** The batch is held. */
    FAIL
  }

  /** Exact repeats of a row. */
  public record Repeats(
      @Setting("The unit in which a repeat counts.") Within within,
      @Setting("The boolean contract column that marks all but the first.") String flag) {
    /**
     * The unit in which a repeat counts; never a batch, for then the result would depend on
     * batching.
     */
    public enum Within {
      FILE
    }
  }
}
