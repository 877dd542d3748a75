package io.assay.app.operate;

import io.assay.app.operate.KeyTimeline.Change;
import io.assay.app.operate.KeyTimeline.Effect;
import io.assay.app.operate.KeyTimeline.Event;
import io.assay.app.operate.KeyTimeline.Version;
import io.assay.config.Dataset;
import io.assay.config.History;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.history.HistoryDefinition;
import io.assay.silver.history.KeyRecords;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Tells the life of a key from what is stored of it. */
public final class KeyHistory {
  private final Dataset dataset;
  private final HistoryDefinition definition;
  private final KeyRecords records;
  private final PersonalData personal;

  /**
   * A reader of one dataset's history.
   *
   * @param session shares its Spark; its settings are left alone
   * @throws AssayException with exit code 2 if the dataset keeps no history
   */
  public KeyHistory(SparkSession session, Project project, Dataset dataset) {
    if (dataset.pipeline().history().keep() == History.Keep.NONE) {
      throw new AssayException(
          ExitCode.USAGE,
          "silver.%s keeps no history (history.keep: none), so its rows have no versions; ask for them with assay sql"
              .formatted(dataset.name()));
    }
    SparkSession spark = session.newSession();
    // Dates and times as java.time values, which have no zone of the machine's.
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    this.dataset = dataset;
    this.definition = DatasetHistory.definition(spark, project, dataset);
    this.records = new KeyRecords(spark, project.warehouse(), definition);
    this.personal = new PersonalData(dataset);
  }

  /**
   * The timeline of a key.
   *
   * @param given {@code column=value} for each of the key's columns; of a key of one column, the
   *     value alone will do
   * @throws AssayException with exit code 2 if that is no key of the table, with 1 if nothing was
   *     ever heard of it
   */
  public KeyTimeline timeline(List<String> given) {
    Map<String, String> key = new KeyText(definition.key(), dataset.name()).parse(given);
    definition.key().forEach(column -> requireFit(column, key.get(column.name())));
    List<Row> events = records.events(key);
    Optional<Row> own =
        events.stream()
            .filter(event -> !event.getAs(EventColumns.OPERATION).equals(EventColumns.TRUNCATE))
            .findFirst();
    if (own.isEmpty()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "no event of silver.%s was ever accepted for %s; it may be misspelt, or lie in quarantine (assay quarantine show --dataset %s)"
              .formatted(dataset.name(), shown(key), dataset.name()));
    }
    List<Row> versions = records.versions(key);
    return new KeyTimeline(
        definition.stored().toString(),
        values(own.get(), definition.key()),
        versions(versions),
        events(versions, events));
  }

  private String shown(Map<String, String> key) {
    return key.entrySet().stream()
        .map(part -> part.getKey() + "=" + personal.value(part.getKey(), part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void requireFit(StructField column, String text) {
    if (!records.fits(column, text)) {
      throw new AssayException(
          ExitCode.USAGE,
          "'%s' is no value of %s, which is %s"
              .formatted(
                  personal.value(column.name(), text),
                  column.name(),
                  column.dataType().sql().toLowerCase(Locale.ROOT)));
    }
  }

  private List<Version> versions(List<Row> rows) {
    List<Version> versions = new ArrayList<>();
    Row before = null;
    for (Row row : rows) {
      versions.add(definition.versioned() ? version(row, before) : current(row));
      before = row;
    }
    return versions;
  }

  private Version current(Row row) {
    return new Version(
        Optional.empty(), Optional.empty(), true, false, Optional.empty(), values(row), List.of());
  }

  private Version version(Row row, Row before) {
    Object end = row.getAs(HistoryColumns.VALID_TO);
    boolean afterGap =
        before != null
            && !before
                .<Row>getAs(HistoryColumns.END_SEQUENCE)
                .equals(row.<Row>getAs(EventColumns.SEQUENCE));
    return new Version(
        Optional.of(row.getAs(HistoryColumns.VALID_FROM)),
        Optional.ofNullable(end),
        row.<Boolean>getAs(HistoryColumns.IS_CURRENT),
        afterGap,
        Optional.of(row.getAs(HistoryColumns.VERSION_ID)),
        values(row),
        before == null ? List.of() : changes(before, row));
  }

  private Map<String, Object> values(Row row) {
    return values(
        row,
        List.of(definition.columns().fields()).stream()
            .filter(column -> !definition.key().contains(column))
            .toList());
  }

  private Map<String, Object> values(Row row, List<StructField> columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column.name(), value(row, column.name())));
    return values;
  }

  private Object value(Row row, String column) {
    return personal.value(column, stored(row, column));
  }

  /** A table that was made before a column came lacks it. */
  static Object stored(Row row, String column) {
    return List.of(row.schema().fieldNames()).contains(column) ? row.getAs(column) : null;
  }

  private List<Change> changes(Row before, Row after) {
    List<Change> changes = new ArrayList<>();
    for (StructField column : definition.columns().fields()) {
      // The sequence's own columns differ in every version.
      boolean told =
          definition.attributes().contains(column) || definition.tracked().contains(column);
      String name = column.name();
      if (told && !Objects.equals(stored(before, name), stored(after, name))) {
        changes.add(new Change(name, value(before, name), value(after, name)));
      }
    }
    return changes;
  }

  private List<Event> events(List<Row> versions, List<Row> rows) {
    EventEffects effects = new EventEffects(definition, versions, rows);
    List<Effect> did = effects.effects();
    List<Boolean> late = effects.late();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      events.add(event(rows.get(i), did.get(i), late.get(i)));
    }
    return events;
  }

  private Event event(Row row, Effect did, boolean late) {
    Row sequence = row.getAs(EventColumns.SEQUENCE);
    Map<String, Object> places = new LinkedHashMap<>();
    for (String column : sequence.schema().fieldNames()) {
      places.put(column, personal.value(column, sequence.getAs(column)));
    }
    Row source = row.getAs(RowColumns.SOURCE);
    return new Event(
        places,
        row.getAs(EventColumns.VALID_TIME),
        row.getAs(EventColumns.OPERATION),
        did,
        late,
        source.getAs("origin") + ":" + source.getAs("position"),
        row.<Long>getAs(RowColumns.BATCH),
        row.getAs(RowColumns.INGESTED_AT));
  }
}
