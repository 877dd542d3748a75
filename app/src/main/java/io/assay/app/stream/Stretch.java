package io.assay.app.stream;

import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.job.JobContext;
import io.assay.job.JobExecution;
import io.assay.job.RunId;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of passes without end in the records of runs: all passes in a stretch of time are
 * one run, with one record for each table. Passes that found nothing are none, so an idle stream
 * writes nothing.
 */
final class Stretch {
  private static final Set<Outcome> WELL = EnumSet.of(Outcome.SUCCEEDED, Outcome.UNCHANGED);
  private static final int MOST_NOTES = 20;

  private final Duration length;
  private final Map<TableName, BatchResult> results = new LinkedHashMap<>();
  private final Map<TableName, BatchResult> recorded = new HashMap<>();
  private JobContext context;
  private Instant start;

  /**
   * @param context of the process, whose run's name is not used
   * @param length how long a stretch is
   */
  Stretch(JobContext context, Duration length) {
    this.length = length;
    begin(context);
  }

  private void begin(JobContext of) {
    this.start = of.clock().instant();
    this.context = of.in(RunId.next(of.clock()));
  }

  /** What the jobs of the next pass are given: its run's name is that of this stretch. */
  JobContext context() {
    Instant now = context.clock().instant();
    if (!start.plus(length).isAfter(now) || now.isBefore(start)) {
      end();
      begin(context);
    }
    return context;
  }

  /** Adds what a job did. What is new to people, good or bad, is recorded at once. */
  void add(BatchResult result) {
    TableName table = result.table();
    BatchResult known = recorded.get(table);
    boolean well = WELL.contains(result.outcome());
    boolean news = known == null || WELL.contains(known.outcome()) != well;
    boolean repeats = known != null && !well && known.notes().equals(result.notes());
    if (repeats || result.outcome() == Outcome.UNCHANGED && !news) {
      return;
    }
    results.merge(table, result, Stretch::sum);
    if (news || !well) {
      end();
      begin(context);
    }
  }

  private static BatchResult sum(BatchResult before, BatchResult result) {
    Set<String> notes = new LinkedHashSet<>(before.notes());
    notes.addAll(result.notes());
    List<String> newest = new ArrayList<>(notes);
    return new BatchResult(
        result.table(),
        result.outcome(),
        before.account().plus(result.account()),
        result.version(),
        result.exitCode().orWorse(before.exitCode()),
        newest.subList(Math.max(0, newest.size() - MOST_NOTES), newest.size()));
  }

  /** Records what was not recorded yet; what one call could not, the next one does. */
  void end() {
    Iterator<BatchResult> left = results.values().iterator();
    while (left.hasNext()) {
      BatchResult result = left.next();
      new JobExecution(context).record(result);
      recorded.put(result.table(), result);
      left.remove();
    }
  }
}
