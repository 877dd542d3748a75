package io.assay.app.stream;

import io.assay.app.stream.QueryStatus.Lag;
import io.assay.app.stream.QueryStatus.Progress;
import io.assay.app.stream.QueryStatus.Standing;
import io.assay.app.stream.QueryStatus.State;
import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How all queries of a stream stand now; their threads write it, and others read it. */
final class QueryBoard {
  private final Clock clock;
  private final StreamListener listener;
  private final Map<TableName, QueryStatus> statuses = new LinkedHashMap<>();

  /**
   * @param failureLimit how often in a row a source may not answer
   */
  QueryBoard(List<Query> queries, int failureLimit, Clock clock, StreamListener listener) {
    this.clock = clock;
    this.listener = listener;
    for (Query query : queries) {
      Standing starting =
          new Standing(
              State.STARTING, clock.instant(), Optional.empty(), 0, failureLimit, ExitCode.OK);
      statuses.put(
          query.name(),
          new QueryStatus(
              query.name(),
              query.tables(),
              query.every().toMillis() / 1000.0,
              starting,
              Progress.NONE,
              Optional.empty()));
    }
  }

  synchronized List<QueryStatus> all() {
    return List.copyOf(statuses.values());
  }

  synchronized QueryStatus of(TableName query) {
    return statuses.get(query);
  }

  /** A query does something else now, and adds this to the stream's exit code. */
  void is(TableName query, State state, String reason, int failures, ExitCode exitCode) {
    QueryStatus now;
    boolean news;
    synchronized (this) {
      QueryStatus before = statuses.get(query);
      Standing was = before.standing();
      Optional<String> why = Optional.of(reason).filter(text -> !text.isEmpty());
      Instant since = was.state() == state ? was.since() : clock.instant();
      now = before.with(new Standing(state, since, why, failures, was.failureLimit(), exitCode));
      statuses.put(query, now);
      news = !now.standing().reason().equals(was.reason()) || failures != was.failures();
    }
    if (news) {
      listener.changed(now);
    }
  }

  /** Jobs of a query were done; those that found nothing to do are no news. */
  void did(TableName query, List<JobReport> reports) {
    for (JobReport report : reports) {
      if (report.result().outcome() != Outcome.UNCHANGED) {
        listener.did(report);
      }
      if (report.result().outcome() == Outcome.SUCCEEDED) {
        succeeded(query, report);
      }
    }
  }

  private synchronized void succeeded(TableName query, JobReport report) {
    QueryStatus before = statuses.get(query);
    Account account = report.result().account();
    boolean last = report.result().table().equals(query);
    statuses.put(
        query,
        before.with(
            new Progress(
                before.progress().applied() + (last ? account.applied() : 0),
                before.progress().quarantined() + account.quarantined(),
                Optional.of(clock.instant()),
                before.progress().caughtUpAt())));
  }

  /** Everything that was there then can be read. */
  synchronized void caughtUp(TableName query, Instant at) {
    QueryStatus before = statuses.get(query);
    Progress progress = before.progress();
    statuses.put(
        query,
        before.with(
            new Progress(
                progress.applied(),
                progress.quarantined(),
                progress.lastBatchAt(),
                Optional.of(at))));
  }

  synchronized void measured(TableName query, Lag lag) {
    statuses.put(query, statuses.get(query).with(lag));
  }

  /** What the stream would end with now. */
  synchronized ExitCode exitCode() {
    return statuses.values().stream()
        .map(status -> status.standing().exitCode())
        .reduce(ExitCode.OK, ExitCode::orWorse);
  }
}
