package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.config.Mart;
import io.assay.config.Windows;
import io.assay.gold.windows.WindowMarks;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The batches of a mart of windows: each takes the events that came since the one before, and adds
 * the windows that they close. Look-ups are taken as they are when events come, and alone are no
 * reason for a batch.
 */
final class WindowWork implements BatchWork {
  private final JobContext context;
  private final MartInputs inputs;
  private final Windows windows;
  private final JsonNode definition;

  /**
   * @param mart with windows
   */
  WindowWork(JobContext context, Mart mart) {
    this.context = context;
    this.inputs = new MartInputs(context, mart);
    this.windows = mart.pipeline().windows().orElseThrow();
    this.definition = MartDefinition.of(mart, context.project().functions()).tree();
  }

  @Override
  public TableName table() {
    return inputs.mart();
  }

  @Override
  public List<BatchStep.Target> targets() {
    return PlannedMart.windowed(table());
  }

  @Override
  public List<BatchStep.Target> targets(Intent intent) {
    return PlannedMart.of(intent).targets();
  }

  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    TableState events = inputs.existing(windows.of());
    if (last.flatMap(this::readUpTo).filter(events::equals).isPresent()
        && inputs.lastHad(definition)) {
      return Optional.empty();
    }
    return Optional.of(inputs.since(published().map(base -> base.published().intent().input())));
  }

  /** Up to where a batch has read the events; empty if it has not read them. */
  private Optional<TableState> readUpTo(BatchInput input) {
    return input.range(windows.of()).map(TableRange::state);
  }

  /** What is closed stays closed, unless it was made of other events, or otherwise. */
  @Override
  public Optional<String> newEpoch(BatchInput last) {
    Optional<MartBase> base = published();
    TableState events = inputs.catalog().state(windows.of());
    if (base.isEmpty() || !events.exists()) {
      return Optional.empty();
    }
    Intent intent = base.get().published().intent();
    if (!MartDefinition.sameRows(definition, intent.configuration())) {
      return Optional.of("its query, its contract or its windows are others than before");
    }
    if (marks(base.get().published()).isEmpty()) {
      return Optional.of("what batch %d read is gone".formatted(intent.batch()));
    }
    Optional<TableRange> used = intent.input().range(windows.of());
    if (used.filter(inputs.catalog()::has).isEmpty()) {
      return Optional.of(windows.of() + " is new, was made anew, or was put back from a backup");
    }
    long seen = used.get().upTo();
    if (events.version() > seen) {
      Optional<String> gap =
          inputs
              .catalog()
              .gapOfAppends(new TableRange(windows.of(), events.id(), seen, events.version(), -1));
      if (gap.isPresent()) {
        return gap;
      }
    }
    return base.get()
            .stands(context.spark(), context.project().warehouse(), inputs.catalog().state(table()))
        ? Optional.empty()
        : Optional.of("somebody else has changed " + table());
  }

  private Optional<WindowMarks> marks(FinishedBatch batch) {
    return inputs.ledger().states(batch.intent().batch()).flatMap(WindowMarks::of);
  }

  private Optional<MartBase> published() {
    return MartBase.of(inputs.ledger(), table());
  }

  /** Nothing of a held batch is there, so a later one takes its events, too. */
  @Override
  public boolean outdated(BatchInput held) {
    return !inputs.has(held)
        || !readUpTo(held).equals(Optional.of(inputs.catalog().state(windows.of())));
  }

  @Override
  public Map<TableName, TableState> pins() {
    return inputs.pins();
  }

  @Override
  public JsonNode configuration() {
    return definition;
  }

  @Override
  public BatchAttempt attempt(Intent intent) {
    return PlannedMart.of(intent).attempt(context);
  }
}
