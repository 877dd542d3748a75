package io.assay.app.stream;

import io.assay.app.plan.Planner;
import io.assay.app.stream.QueryStatus.Lag;
import io.assay.app.stream.QueryStatus.State;
import io.assay.job.Pending;
import io.assay.table.TableName;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts now and then what waits for each query, as a plan does. Reads no row. */
final class LagMeasure implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LagMeasure.class);

  /** Sources that answer; to ask the others again is their queries' business. */
  private static final Set<State> ANSWERING = EnumSet.of(State.RUNNING, State.WAITING, State.HELD);

  private final List<Query> queries;
  private final Planner planner;
  private final QueryBoard board;
  private final Clock clock;

  LagMeasure(List<Query> queries, Planner planner, QueryBoard board, Clock clock) {
    this.queries = queries;
    this.planner = planner;
    this.board = board;
    this.clock = clock;
  }

  @Override
  public void run() {
    for (Query query : queries) {
      if (ANSWERING.contains(board.of(query.name()).standing().state())) {
        try {
          board.measured(query.name(), measured(query));
        } catch (RuntimeException e) {
          LOG.warn("what waits for {} cannot be counted: {}", query.name(), e.getMessage());
        }
      }
    }
  }

  private Lag measured(Query query) {
    Optional<Long> rows = Optional.of(0L);
    Optional<Long> files = Optional.empty();
    for (TableName table : query.tables()) {
      Pending pending = planner.pending(table);
      if (pending instanceof Pending.Records records) {
        rows = rows.map(sum -> sum + records.records());
      } else if (pending instanceof Pending.Versions versions) {
        rows = rows.map(sum -> sum + versions.rows());
      } else if (pending instanceof Pending.Files found) {
        rows = Optional.empty();
        files = Optional.of(found.files());
      } else if (pending.anything()) {
        // A page of an API, or a batch that is held: how much is behind it nobody knows.
        rows = Optional.empty();
      }
    }
    return new Lag(rows, files, clock.instant());
  }
}
