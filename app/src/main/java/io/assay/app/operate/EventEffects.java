package io.assay.app.operate;

import io.assay.app.operate.KeyTimeline.Effect;
import io.assay.silver.history.HistoryDefinition;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What each event of one key does, read off the versions that are stored. */
final class EventEffects {
  private final HistoryDefinition definition;
  private final List<Row> events;
  private final Set<Row> starts = new HashSet<>();
  private final Set<Row> ends = new HashSet<>();

  /**
   * The effects of a key's events.
   *
   * @param versions its stored rows
   * @param events in the order of the sequence; of those at one sequence the first wins
   */
  EventEffects(HistoryDefinition definition, List<Row> versions, List<Row> events) {
    this.definition = definition;
    this.events = events;
    for (Row version : versions) {
      starts.add(version.getAs(EventColumns.SEQUENCE));
      if (definition.versioned()) {
        ends.add(version.getAs(HistoryColumns.END_SEQUENCE));
      }
    }
  }

  /** The effect of each event, in their order. */
  List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    Row before = null;
    Row previous = null;
    for (Row event : events) {
      boolean loses = previous != null && sequence(previous).equals(sequence(event));
      effects.add(loses ? Effect.LOST : effect(event, before));
      if (!loses) {
        before = event;
      }
      previous = event;
    }
    return effects;
  }

  /** For each event, whether one of a greater sequence came in an earlier batch. */
  List<Boolean> late() {
    List<Boolean> late = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Row event = events.get(i);
      late.add(
          events.subList(i + 1, events.size()).stream()
              .anyMatch(
                  other ->
                      !sequence(other).equals(sequence(event)) && batch(other) < batch(event)));
    }
    return late;
  }

  private Effect effect(Row event, Row before) {
    boolean upsert = event.getAs(EventColumns.OPERATION).equals(EventColumns.UPSERT);
    boolean wasThere =
        before != null && before.getAs(EventColumns.OPERATION).equals(EventColumns.UPSERT);
    if (!upsert) {
      return wasThere ? Effect.CLOSED : Effect.NOTHING;
    }
    if (!wasThere) {
      return Effect.OPENED;
    }
    if (definition.versioned()) {
      Effect within = sameContent(event, before) ? Effect.NOTHING : Effect.UPDATED;
      return starts.contains(sequence(event)) && ends.contains(sequence(event))
          ? Effect.CHANGED
          : within;
    }
    return sameContent(event, before) ? Effect.NOTHING : Effect.CHANGED;
  }

  private boolean sameContent(Row event, Row before) {
    for (StructField column : definition.columns().fields()) {
      if (!Objects.equals(event.getAs(column.name()), before.getAs(column.name()))
          && definition.attributes().contains(column)) {
        return false;
      }
    }
    return true;
  }

  private static Row sequence(Row event) {
    return event.getAs(EventColumns.SEQUENCE);
  }

  private static long batch(Row event) {
    return event.<Long>getAs(RowColumns.BATCH);
  }
}
