package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.config.Mart;
import io.assay.config.Windows;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The batches of a mart of windows: each takes the events that came since the one before, and adds
 * the windows that they close. Look-ups are taken as they are when events come, and alone are no
 * reason for a batch.
 */
final class WindowWork implements BatchWork {
  static final String LATE_STEP = "LATE";

  private final JobContext context;
  private final TableName table;
  private final List<TableName> inputs;
  private final Set<TableName> lookUps;
  private final Windows windows;
  private final JsonNode definition;
  private final TableCatalog catalog;

  /**
   * @param mart with windows
   */
  WindowWork(JobContext context, Mart mart) {
    this.context = context;
    this.table = TableName.gold(mart.name());
    this.inputs = List.copyOf(new TreeSet<>(mart.inputs()));
    this.lookUps = mart.contract().lookUps();
    this.windows = mart.pipeline().windows().orElseThrow();
    this.definition = MartDefinition.of(mart, context.project().functions()).tree();
    this.catalog = new TableCatalog(context.spark(), context.project().warehouse());
  }

  @Override
  public TableName table() {
    return table;
  }

  @Override
  public List<BatchStep.Target> targets() {
    return List.of(
        new BatchStep.Target(LATE_STEP, TableName.late(table.name())),
        new BatchStep.Target(MartWork.STEP, table));
  }

  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    TableState events = existing(windows.of());
    if (last.flatMap(input -> range(input, windows.of())).filter(events::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<BatchInput> published = published().map(base -> base.published().intent().input());
    List<TableRange> ranges = new ArrayList<>();
    for (TableName input : inputs) {
      TableState state = existing(input);
      long after =
          published
              .flatMap(base -> range(base, input))
              .filter(seen -> seen.id().equals(state.id()))
              .map(TableState::version)
              .orElse(-1L);
      ranges.add(new TableRange(input, state.id(), after, state.version(), -1));
    }
    return Optional.of(new BatchInput.Tables(ranges));
  }

  /** Up to where a batch read a table; empty if it did not. */
  private static Optional<TableState> range(BatchInput input, TableName table) {
    return input.ranges().stream()
        .filter(range -> range.table().equals(table))
        .map(range -> new TableState(range.tableId(), range.upTo()))
        .findFirst();
  }

  private TableState existing(TableName input) {
    TableState state = catalog.state(input);
    if (!state.exists()) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s reads %s, which does not exist yet: %s"
              .formatted(table, input, catalog.source(input)));
    }
    return state;
  }

  /** What is closed stays closed, unless it was made of other events, or otherwise. */
  @Override
  public Optional<String> newEpoch(BatchInput last) {
    Optional<MartBase> base = published();
    TableState events = catalog.state(windows.of());
    if (base.isEmpty() || !events.exists()) {
      return Optional.empty();
    }
    Intent intent = base.get().published().intent();
    if (!MartDefinition.sameRows(definition, intent.configuration())) {
      return Optional.of("its query, its contract or its windows are others than before");
    }
    TableState seen = range(intent.input(), windows.of()).orElse(TableState.ABSENT);
    if (!seen.id().equals(events.id()) || events.version() < seen.version()) {
      return Optional.of(windows.of() + " is new, or was made anew");
    }
    if (events.version() > seen.version()) {
      Optional<String> gap =
          catalog.gapOfAppends(
              new TableRange(windows.of(), events.id(), seen.version(), events.version(), -1));
      if (gap.isPresent()) {
        return gap;
      }
    }
    return base.get().stands(context.spark(), context.project().warehouse(), catalog.state(table))
        ? Optional.empty()
        : Optional.of("somebody else has changed " + table);
  }

  private Optional<MartBase> published() {
    BatchLedger ledger = BatchLedger.of(context.spark(), context.project().warehouse(), table);
    return MartBase.of(ledger, table, Long.MAX_VALUE);
  }

  /** Nothing of a held batch is there, so a later one takes its events, too. */
  @Override
  public boolean outdated(BatchInput held) {
    return !range(held, windows.of()).equals(Optional.of(catalog.state(windows.of())));
  }

  @Override
  public Map<TableName, TableState> pins() {
    Map<TableName, TableState> pins = new TreeMap<>(LookUps.states(catalog, lookUps));
    pins.put(table, catalog.state(table));
    return pins;
  }

  @Override
  public JsonNode configuration() {
    return definition;
  }

  @Override
  public BatchAttempt attempt(Intent intent) {
    return new WindowBatch(context.spark(), context.project().warehouse(), intent);
  }
}
