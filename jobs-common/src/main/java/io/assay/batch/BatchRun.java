package io.assay.batch;

import io.assay.error.ExitCode;
import io.assay.table.CommitGuard;
import io.assay.table.Layer;
import io.assay.table.TableComments;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One run of the protocol over one table's pending batches; the state that it gathers on the way.
 */
final class BatchRun {
  private final BatchProtocol protocol;
  private final BatchWork work;
  private final BatchLedger ledger;
  private final CommitSeam seam;
  private final StepCommits steps;
  private final LedgerCommits record;
  private final List<String> notes = new ArrayList<>();
  private Account total = Account.EMPTY;
  private int finished;
  private boolean partial;

  /**
   * A run under the table's lease, which is looked at before each commit; of Delta's commits once
   * more when their rows are written.
   */
  BatchRun(BatchProtocol protocol, BatchWork work, BatchLedger ledger, Lease lease) {
    this.protocol = protocol;
    this.work = work;
    this.ledger = ledger;
    this.seam =
        (point, commit) ->
            protocol.seam.commit(
                point,
                () -> {
                  lease.confirm();
                  CommitGuard.ask(lease::confirm, commit);
                });
    this.steps = new StepCommits(protocol.spark, protocol.warehouse, seam);
    this.record = new LedgerCommits(protocol, work.table(), ledger, seam);
    if (!ledger.atomic()) {
      notes.add(
          "on this store runs are kept apart by leases alone: let nothing but Assay write "
              + work.table());
    }
  }

  BatchResult run() {
    Optional<HeldBatch> stillHeld = recover();
    if (stillHeld.isPresent()) {
      return held(stillHeld.get());
    }
    Optional<BatchInput> pinned = ledger.heldInput().filter(input -> !givesWay(input));
    if (pinned.isEmpty() && undue(protocol.decision)) {
      throw protocol.nothingHeld(work.table());
    }
    Decision decision = protocol.decision;
    startEpochIfTheInputWasRecreated();
    Optional<BatchInput> input = pinned.or(this::pending);
    while (input.isPresent()) {
      Optional<HeldBatch> held = begin(input.get(), decision, ledger.epoch());
      if (held.isPresent()) {
        return held(held.get());
      }
      decision = Decision.NONE;
      input = next();
    }
    work.outdatedComments().forEach(this::describe);
    return result();
  }

  /** Where a look costs as much as a batch, a run that is to stop anyway does without. */
  private Optional<BatchInput> next() {
    return work.knowsOfMore() && stops() ? Optional.empty() : pending().filter(more -> !stops());
  }

  private boolean stops() {
    return protocol.pace.stop().getAsBoolean();
  }

  private boolean undue(Decision decision) {
    return !decision.isNone() && !work.awaits(decision, ledger.lastInput());
  }

  private void describe(TableName table, TableComments comments) {
    seam.commit(new CommitSeam.Point(table, "COMMENTS"), comments::update);
    notes.add("the comments of " + table + " are those of the contract again");
  }

  /** Brings an intent without an end to one; unless it is held and nothing has changed since. */
  private Optional<HeldBatch> recover() {
    Optional<Intent> open = ledger.open();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Intent intent = open.get();
    if (anyStepCommitted(intent)) {
      rollForward(intent);
      return Optional.empty();
    }
    Optional<HeldBatch> held = ledger.held(intent.batch());
    if (held.isPresent()
        && protocol.decision.isNone()
        && sameConfiguration(held.get())
        && intent.pins().equals(work.pins())
        && !givesWay(intent.input())) {
      return held;
    }
    record.abandon(intent);
    return Optional.empty();
  }

  private void rollForward(Intent intent) {
    notes.add("batch " + intent.batch() + " was interrupted and has been rolled forward");
    carryOut(intent, true);
  }

  /** A person decides about the very batch that was held, so a decision keeps its input. */
  private boolean givesWay(BatchInput held) {
    return protocol.decision.isNone() && work.outdated(held);
  }

  private boolean sameConfiguration(HeldBatch held) {
    return held.configurationHash().equals(LedgerJson.hash(work.configuration()));
  }

  private boolean anyStepCommitted(Intent intent) {
    return work.repeats(intent)
        || work.targets(intent).stream()
            .anyMatch(target -> steps.done(intent, target.name(), target.table()));
  }

  private void startEpochIfTheInputWasRecreated() {
    ledger
        .lastInput()
        .flatMap(work::newEpoch)
        .ifPresent(
            reason -> {
              record.startEpoch(reason);
              notes.add("a new epoch starts at the beginning of the input: " + reason);
            });
  }

  private Optional<BatchInput> pending() {
    return work.pending(ledger.lastInput());
  }

  /**
   * Completes a batch that was interrupted, then does the one that is prepared, as the first of a
   * new epoch.
   */
  BatchResult replace(Function<BatchLedger, Optional<BatchInput>> prepare) {
    ledger.open().filter(this::anyStepCommitted).ifPresent(this::rollForward);
    Optional<BatchInput> input = prepare.apply(ledger);
    if (input.isPresent()) {
      ledger.open().ifPresent(record::abandon);
      begin(input.get(), protocol.decision, ledger.epoch() + 1);
    }
    return result();
  }

  /** Completes a batch that was interrupted, then does those that are prepared. */
  BatchResult replay(Function<BatchLedger, List<BatchInput.Quarantined>> prepare) {
    ledger.open().filter(this::anyStepCommitted).ifPresent(this::rollForward);
    for (BatchInput input : prepare.apply(ledger)) {
      ledger.open().ifPresent(record::abandon);
      begin(input, protocol.decision, ledger.epoch());
    }
    return result();
  }

  /** Whether a batch was interrupted between its commits. */
  boolean halfDone() {
    return ledger.open().filter(this::anyStepCommitted).isPresent();
  }

  private Optional<HeldBatch> begin(BatchInput input, Decision decision, int epoch) {
    // What a crash left behind; under the lease nobody else prepares anything here.
    new StagingFolder(protocol.spark, protocol.warehouse.staging(work.table())).close();
    Intent intent =
        new Intent(
            protocol.pipeline,
            work.table(),
            epoch,
            ledger.newestBatch() + 1,
            protocol.runId,
            protocol.clock.instant(),
            input,
            work.pins(),
            work.configuration(),
            decision);
    record.begin(intent);
    return carryOut(intent, false);
  }

  /** Does the batch; if it is rolled forward its verdict was given before, and stands. */
  private Optional<HeldBatch> carryOut(Intent intent, boolean rollForward) {
    try (BatchAttempt attempt = work.attempt(intent)) {
      Verdict verdict = attempt.stage();
      if (verdict.held() && !rollForward) {
        // What was left over from other batches, or is computed anew, must not stop the feed.
        if (intent.input() instanceof BatchInput.Quarantined || beginsEpoch(intent)) {
          record.abandon(intent);
          throw protocol.turnedDown(intent, verdict);
        }
        tellOfUnknownRules(intent.decision(), verdict);
        return Optional.of(record.hold(intent, verdict, attempt.account()));
      }
      Map<TableName, TableState> written = new LinkedHashMap<>();
      for (BatchStep step : attempt.steps()) {
        steps.commit(intent, step, attempt.foreseen());
        TableState state = steps.log(step.table()).state();
        if (state.exists()) {
          written.put(step.table(), state);
        }
      }
      startEpochOf(intent);
      finish(intent, verdict, attempt, written);
      return Optional.empty();
    }
  }

  /** Whoever misspells the rule to accept should not only read that the batch is held. */
  private void tellOfUnknownRules(Decision decision, Verdict verdict) {
    Set<String> unknown = new TreeSet<>(decision.accepted().keySet());
    verdict.metrics().forEach(metric -> unknown.remove(metric.rule()));
    unknown.forEach(rule -> notes.add("--accept " + rule + ": no rule of this name was judged"));
  }

  /**
   * A batch that begins an epoch does so when its tables are written: until then the position is
   * that of the epoch before, so that giving the batch up loses nothing.
   */
  private void startEpochOf(Intent intent) {
    if (beginsEpoch(intent)) {
      record.startEpoch("batch " + intent.batch() + " made the table anew");
    }
  }

  private boolean beginsEpoch(Intent intent) {
    return ledger.epoch() < intent.epoch();
  }

  private void finish(
      Intent intent, Verdict verdict, BatchAttempt attempt, Map<TableName, TableState> written) {
    List<String> said = new ArrayList<>(attempt.notes());
    said.addAll(verdict.warnings());
    Account account = attempt.account();
    record.finish(intent, verdict, attempt.states(), account, written, said, attempt.schema());
    notes.addAll(said);
    total = total.plus(account);
    partial |= attempt.partial();
    finished++;
  }

  private BatchResult held(HeldBatch held) {
    notes.add("batch " + held.batch() + " is held");
    held.holds().forEach(hold -> notes.add(hold.rule() + ": " + hold.message()));
    return new BatchResult(work.table(), Outcome.HELD, total, version(), ExitCode.QUALITY, notes);
  }

  private BatchResult result() {
    return new BatchResult(
        work.table(),
        finished == 0 ? Outcome.UNCHANGED : Outcome.SUCCEEDED,
        total,
        version(),
        partial ? ExitCode.QUALITY : ExitCode.OK,
        notes);
  }

  /** Of what is published, the version of its mart. */
  private OptionalLong version() {
    if (work.table().layer() == Layer.PUBLISH) {
      return ledger
          .lastInput()
          .map(input -> OptionalLong.of(input.ranges().get(0).upTo()))
          .orElse(OptionalLong.empty());
    }
    List<BatchStep.Target> targets = work.targets();
    TableState state = steps.log(targets.get(targets.size() - 1).table()).state();
    return state.exists() ? OptionalLong.of(state.version()) : OptionalLong.empty();
  }
}
