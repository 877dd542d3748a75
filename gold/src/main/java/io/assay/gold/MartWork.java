package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.config.Mart;
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
 * A mart's batches: each takes its inputs as they are, and computes what they changed, or all of
 * it.
 */
final class MartWork implements BatchWork {
  static final String STEP = "GOLD";

  private final JobContext context;
  private final TableName table;
  private final List<TableName> inputs;
  private final Set<TableName> lookUps;
  private final JsonNode definition;
  private final TableCatalog catalog;

  MartWork(JobContext context, Mart mart) {
    this.context = context;
    this.table = TableName.gold(mart.name());
    this.inputs = List.copyOf(new TreeSet<>(mart.inputs()));
    this.lookUps = mart.contract().lookUps();
    this.definition = MartDefinition.of(mart, context.project().functions()).tree();
    this.catalog = new TableCatalog(context.spark(), context.project().warehouse());
  }

  @Override
  public TableName table() {
    return table;
  }

  @Override
  public List<BatchStep.Target> targets() {
    return List.of(new BatchStep.Target(STEP, table));
  }

  /** The inputs by their public names, if they or the definition differ from what was used last. */
  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    List<TableRange> before = last.map(BatchInput::ranges).orElse(List.of());
    if (last.isPresent() && sameContent(before) && sameDefinition()) {
      return Optional.empty();
    }
    List<TableRange> published =
        MartBase.before(ledger(), Long.MAX_VALUE)
            .map(base -> base.intent().input().ranges())
            .orElse(List.of());
    List<TableRange> ranges = new ArrayList<>();
    for (TableName input : inputs) {
      TableState state = existing(input);
      ranges.add(
          new TableRange(input, state.id(), after(published, input, state), state.version(), -1));
    }
    return Optional.of(new BatchInput.Tables(ranges));
  }

  /** A mart is computed from current input alone, so a held one waits for nothing older. */
  @Override
  public boolean outdated(BatchInput held) {
    return !sameContent(held.ranges());
  }

  private boolean sameContent(List<TableRange> before) {
    return before.stream().map(TableRange::table).toList().equals(inputs)
        && before.stream()
            .allMatch(
                range ->
                    new TableState(range.tableId(), range.upTo())
                        .equals(catalog.state(range.table())));
  }

  private boolean sameDefinition() {
    return ledger()
        .lastDone()
        .map(FinishedBatch::intent)
        .map(Intent::configuration)
        .filter(last -> MartDefinition.sameRows(definition, last))
        .isPresent();
  }

  private BatchLedger ledger() {
    return BatchLedger.of(context.spark(), context.project().warehouse(), table);
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

  private static long after(List<TableRange> before, TableName input, TableState state) {
    return before.stream()
        .filter(range -> range.table().equals(input) && range.tableId().equals(state.id()))
        .mapToLong(TableRange::upTo)
        .findFirst()
        .orElse(-1);
  }

  /** The tables that its rules look at, and its own, which a batch may change in part. */
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
    return new MartBatch(context.spark(), context.project().warehouse(), intent);
  }
}
