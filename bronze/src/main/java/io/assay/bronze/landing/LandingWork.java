package io.assay.bronze.landing;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.Decision;
import io.assay.batch.Intent;
import io.assay.config.Dataset;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source as the batch protocol sees it: each batch is one range, landed by one append. */
public final class LandingWork implements BatchWork {
  static final String STEP = "BRONZE";

  private final JobContext context;
  private final TableName table;
  private final PulledSource source;

  /**
   * @param table the bronze table that the source fills
   */
  public LandingWork(JobContext context, TableName table, PulledSource source) {
    this.context = context;
    this.table = table;
    this.source = source;
  }

  /** Lands all that there is, batch by batch. */
  public BatchResult run() {
    BatchResult result = context.protocol().run(this);
    List<String> notes = new ArrayList<>(result.notes());
    notes.addAll(source.notes());
    return new BatchResult(
        result.table(),
        result.outcome(),
        result.account(),
        result.version(),
        result.exitCode(),
        notes);
  }

  @Override
  public TableName table() {
    return table;
  }

  @Override
  public List<BatchStep.Target> targets() {
    return List.of(new BatchStep.Target(STEP, table));
  }

  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    Optional<SourceChange> change = change(last);
    if (change.isPresent() && !SourceChange.isAcceptedBy(context.decision())) {
      throw change.get().failure();
    }
    return source.next(ownLast(change, last)).map(this::named);
  }

  @Override
  public boolean knowsOfMore() {
    return source.knowsOfMore();
  }

  @Override
  public boolean awaits(Decision decision, Optional<BatchInput> last) {
    Optional<SourceChange> change = change(last);
    return (change.isPresent() && SourceChange.isAcceptedBy(decision))
        || source.awaits(decision, ownLast(change, last));
  }

  private Optional<SourceChange> change(Optional<BatchInput> last) {
    return dataset().flatMap(known -> SourceChange.of(known, last));
  }

  /** Where this kind of source was left, so that a change back and forth repeats nothing. */
  private Optional<BatchInput> ownLast(Optional<SourceChange> change, Optional<BatchInput> last) {
    return change.isEmpty()
        ? last
        : ledger().lastInput(input -> SourceChange.isOf(input, change.get().now()));
  }

  private BatchInput named(BatchInput input) {
    return input instanceof BatchInput.Positions positions && dataset().isPresent()
        ? new BatchInput.Positions(dataset().get().pipeline().source().kind(), positions.spans())
        : input;
  }

  private Optional<Dataset> dataset() {
    return Optional.ofNullable(context.project().datasets().get(table.name()));
  }

  private BatchLedger ledger() {
    return BatchLedger.of(context.spark(), context.project().warehouse(), table);
  }

  @Override
  public Map<TableName, TableState> pins() {
    return Map.of();
  }

  @Override
  public JsonNode configuration() {
    return source.configuration();
  }

  /**
   * A batch that was interrupted after its commit is completed by the kind of source that began it,
   * since that knows what it left out.
   */
  @Override
  public BatchAttempt attempt(Intent intent) {
    change(Optional.of(intent.input()))
        .ifPresent(
            change -> {
              throw change.interrupted(intent.batch());
            });
    return new LandingBatch(context, intent, source.range(intent));
  }
}
