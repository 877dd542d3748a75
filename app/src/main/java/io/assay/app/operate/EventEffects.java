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
    Optional<Row> open = Optional.empty();
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
          effects.add(effect(event, open));
          open = is(event, EventColumns.UPSERT) ? Optional.of(event) : Optional.empty();
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

  /** What the winner of its sequence does to the key, which has the state of an upsert or none. */
  private Effect effect(Row event, Optional<Row> open) {
    if (is(event, EventColumns.DELETE)) {
      return open.isPresent() ? Effect.CLOSED : Effect.NOTHING;
    }
    if (open.isEmpty()) {
      return Effect.OPENED;
    }
    boolean same = sameContent(event, open.get());
    if (!definition.versioned()) {
      return same ? Effect.NOTHING : Effect.CHANGED;
    }
    if (starts.contains(sequence(event)) && ends.contains(sequence(event))) {
      return Effect.CHANGED;
    }
    return same ? Effect.NOTHING : Effect.UPDATED;
  }

  private boolean sameContent(Row event, Row before) {
    for (StructField column : definition.columns().fields()) {
      if (!Objects.equals(event.getAs(column.name()), before.getAs(column.name()))) {
        return false;
      }
    }
    return true;
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
