package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.Intent;
import io.assay.config.Mart;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mart's batches: each takes its inputs as they are, and computes what they changed, or all of
 * it.
 */
final class MartWork implements BatchWork {
  private final JobContext context;
  private final MartInputs inputs;
  private final JsonNode definition;

  MartWork(JobContext context, Mart mart) {
    this.context = context;
    this.inputs = new MartInputs(context, mart);
    this.definition = MartDefinition.of(mart, context.project().functions()).tree();
  }

  @Override
  public TableName table() {
    return inputs.mart();
  }

  @Override
  public List<BatchStep.Target> targets() {
    return PlannedMart.plain(table());
  }

  @Override
  public List<BatchStep.Target> targets(Intent intent) {
    return PlannedMart.of(intent).targets();
  }

  /** The inputs by their public names, if they or the definition differ from what was used last. */
  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    if (last.filter(inputs::unchanged).isPresent() && inputs.lastHad(definition)) {
      return Optional.empty();
    }
    Optional<BatchInput> published =
        MartBase.newest(inputs.ledger()).map(base -> base.intent().input());
    return Optional.of(inputs.since(published));
  }

  /** A mart is computed from current input alone, so a held one waits for nothing older. */
  @Override
  public boolean outdated(BatchInput held) {
    return !inputs.unchanged(held);
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
