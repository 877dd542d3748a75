package io.assay.batch;

import io.assay.batch.ColumnChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a table's batches have seen of columns so far: the memory by which a change is told. Names
 * that differ only in case are one.
 *
 * @param present the columns of the newest batch that had any, and their types
 * @param absent those that only earlier ones had
 * @param unknown fields of the source that became no column
 * @param since the batch in which a column came that the batch before it had not; of the first
 *     batch's columns, and of those that came before this was noted, there is none
 */
public record SeenColumns(
    Map<String, String> present,
    Map<String, String> absent,
    List<String> unknown,
    Map<String, Long> since) {
  public static final SeenColumns NONE = new SeenColumns(Map.of(), Map.of(), List.of(), Map.of());

  public SeenColumns {
    present = sorted(present);
    absent = sorted(absent);
    unknown = List.copyOf(unknown);
    since = since == null ? Map.of() : sorted(since);
  }

  /** What the newest batch that was done knows; empty if it noted nothing. */
  public static Optional<SeenColumns> before(BatchLedger ledger) {
    return ledger.lastDone().flatMap(done -> done.end().schema()).map(SchemaNote::seen);
  }

  /** The same after a batch with these columns. */
  public SeenColumns then(Map<String, String> columns) {
    Map<String, String> gone = sorted(absent);
    gone.putAll(present);
    gone.keySet().removeIf(sorted(columns)::containsKey);
    return new SeenColumns(columns, gone, unknown, since);
  }

  /** The same after this batch with these columns, whose beginning is to be remembered. */
  public SeenColumns then(Map<String, String> columns, long batch) {
    Map<String, Long> beginnings = sorted(since);
    if (!equals(NONE)) {
      columns.keySet().stream()
          .filter(name -> !present.containsKey(name))
          .forEach(name -> beginnings.put(name, batch));
    }
    SeenColumns next = then(columns);
    return new SeenColumns(next.present, next.absent, next.unknown, beginnings);
  }

  /** The same with more fields that became no column. */
  public SeenColumns withUnknown(List<String> fields) {
    List<String> all = new ArrayList<>(unknown);
    fields.stream().filter(field -> !all.contains(field)).forEach(all::add);
    return new SeenColumns(present, absent, all, since);
  }

  /**
   * How a batch with these columns differs.
   *
   * @param actions what was done about a change of a kind
   */
  public List<ColumnChange> changes(
      Map<String, String> columns, Optional<String> policy, Function<Kind, String> actions) {
    List<ColumnChange> changes = new ArrayList<>();
    sorted(columns)
        .forEach(
            (name, type) -> {
              Optional<String> before = Optional.ofNullable(present.get(name));
              Optional<String> former = before.or(() -> Optional.ofNullable(absent.get(name)));
              if (before.isEmpty() || !before.get().equals(type)) {
                Kind kind =
                    before.isPresent()
                        ? Kind.RETYPED
                        : former.isPresent() ? Kind.RETURNED : Kind.APPEARED;
                changes.add(
                    new ColumnChange(
                        name, kind, former, Optional.of(type), policy, actions.apply(kind)));
              }
            });
    Map<String, String> now = sorted(columns);
    present.forEach(
        (name, type) -> {
          if (!now.containsKey(name)) {
            changes.add(
                new ColumnChange(
                    name,
                    Kind.DISAPPEARED,
                    Optional.of(type),
                    Optional.empty(),
                    policy,
                    actions.apply(Kind.DISAPPEARED)));
          }
        });
    return changes;
  }

  private static <T> Map<String, T> sorted(Map<String, T> columns) {
    Map<String, T> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(columns);
    return sorted;
  }
}
