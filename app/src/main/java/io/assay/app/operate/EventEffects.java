package io.assay.app.operate;

import io.assay.app.operate.KeyTimeline.Effect;
import io.assay.silver.history.HistoryDefinition;
import io.assay.silver.history.KeyRecords;
import io.assay.table.EventColumns;
import io.assay.table.HistoryColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What each event of one key does, read off the versions that are stored. */
final class EventEffects {
  /** Operations of one key that settle its state. */
  private static final Set<String> OWN = Set.of(EventColumns.UPSERT, EventColumns.DELETE);

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
    Optional<Map<String, Object>> open = Optional.empty();
    for (int i = 0; i < events.size(); ) {
      List<Row> here = atOneSequence(i);
      List<Row> own = here.stream().filter(event -> isOne(event, OWN)).toList();
      boolean stays =
          here.stream().anyMatch(event -> is(event, EventColumns.PRESENT))
              || !own.isEmpty() && is(own.get(0), EventColumns.UPSERT);
      for (Row event : here) {
        if (is(event, EventColumns.TRUNCATE)) {
          effects.add(open.isPresent() && !stays ? Effect.CLOSED : Effect.NOTHING);
          open = stays ? open : Optional.empty();
        } else if (is(event, EventColumns.PRESENT)) {
          effects.add(Effect.NOTHING);
        } else if (event != own.get(0)) {
          effects.add(Effect.LOST);
        } else {
          Map<String, Object> values = values(event, open.orElse(Map.of()));
          effects.add(effect(event, values, open));
          open = is(event, EventColumns.UPSERT) ? Optional.of(values) : Optional.empty();
        }
      }
      i += here.size();
    }
    return effects;
  }

  private List<Row> atOneSequence(int first) {
    int end = first;
    while (end < events.size() && sequence(events.get(end)).equals(sequence(events.get(first)))) {
      end++;
    }
    return events.subList(first, end);
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

  /**
   * What the winner of its sequence does.
   *
   * @param values what the key has after it, if it is an upsert
   * @param open what the key had before it; empty if it was not there
   */
  private Effect effect(Row event, Map<String, Object> values, Optional<Map<String, Object>> open) {
    if (is(event, EventColumns.DELETE)) {
      return open.isPresent() ? Effect.CLOSED : Effect.NOTHING;
    }
    if (open.isEmpty()) {
      return Effect.OPENED;
    }
    boolean same = values.equals(open.get());
    if (!definition.versioned()) {
      return same ? Effect.NOTHING : Effect.CHANGED;
    }
    if (starts.contains(sequence(event)) && ends.contains(sequence(event))) {
      return Effect.CHANGED;
    }
    return same ? Effect.NOTHING : Effect.UPDATED;
  }

  /** The values of an upsert's columns; what it leaves out stays as it was. */
  private Map<String, Object> values(Row event, Map<String, Object> before) {
    Map<String, Object> values = new HashMap<>();
    for (StructField column : definition.columns().fields()) {
      String name = column.name();
      values.put(
          name, leavesOut(event, column) ? before.get(name) : KeyHistory.stored(event, name));
    }
    return values;
  }

  private boolean leavesOut(Row event, StructField column) {
    return !KeyRecords.tells(event, column)
        || definition.kept().contains(column) && KeyHistory.stored(event, column.name()) == null;
  }

  private static boolean is(Row event, String operation) {
    return event.getAs(EventColumns.OPERATION).equals(operation);
  }

  private static boolean isOne(Row event, Set<String> operations) {
    return operations.contains(event.<String>getAs(EventColumns.OPERATION));
  }

  private static Row sequence(Row event) {
    return event.getAs(EventColumns.SEQUENCE);
  }

  private static long batch(Row event) {
    return event.<Long>getAs(RowColumns.BATCH);
  }
}
