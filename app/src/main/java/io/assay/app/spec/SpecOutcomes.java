package io.assay.app.spec;

import io.assay.batch.Account;
import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.Hold;
import io.assay.batch.Intent;
import io.assay.batch.Outcome;
import io.assay.error.AssayException;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the jobs of a case did, over all rounds. */
final class SpecOutcomes {
  private final Map<TableName, Account> accounts = new HashMap<>();
  private final Map<TableName, List<Hold>> holds = new HashMap<>();
  private final Map<TableName, String> failures = new HashMap<>();
  private final Set<TableName> blocked = new HashSet<>();

  /** A new round: what was held or failed is tried again. */
  void nextRound() {
    blocked.clear();
  }

  /** Runs a job, unless one that it reads from was held or failed in this round. */
  void run(Job job, JobContext context, Collection<TableName> upstream) {
    if (upstream.stream().anyMatch(blocked::contains)) {
      blocked.add(job.table());
      return;
    }
    holds.remove(job.table());
    try {
      BatchResult result = job.run(context);
      accounts.merge(job.table(), result.account(), Account::plus);
      if (result.outcome() == Outcome.HELD) {
        holds.put(job.table(), holds(job.table(), context));
        blocked.add(job.table());
      }
    } catch (AssayException e) {
      failures.putIfAbsent(job.table(), e.getMessage());
      blocked.add(job.table());
    }
  }

  private static List<Hold> holds(TableName table, JobContext context) {
    BatchLedger ledger = BatchLedger.of(context.spark(), context.project().warehouse(), table);
    return ledger
        .open()
        .map(Intent::batch)
        .flatMap(ledger::held)
        .map(held -> held.holds())
        .orElse(List.of());
  }

  /** The sum of a job's accounts; empty terms if it did nothing. */
  Account account(TableName job) {
    return accounts.getOrDefault(job, Account.EMPTY);
  }

  /** Why each held job is held, after the last round. */
  Map<TableName, List<Hold>> holds() {
    return holds;
  }

  /** Why each failed job failed first. */
  Map<TableName, String> failures() {
    return failures;
  }
}
