package io.assay.app.stream;

import io.assay.app.stream.QueryStatus.State;
import io.assay.batch.BatchProtocol;
import io.assay.error.ExitCode;
import io.assay.job.Backoff;
import io.assay.job.ProcessExit;
import io.assay.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The life of one query: pass after pass, until the stop is asked for or a retry would not help. It
 * knows time and categories of failures; what a pass does is none of its business.
 */
final class QueryLoop implements Runnable {
  /** Whoever waits for a table of this query gets it now. */
  static final Duration BREATH = BatchProtocol.LEASE_POLL.plusMillis(50);

  /** How soon it is looked again whether a table is free. */
  static final Duration BUSY = Duration.ofSeconds(1);

  /** A held batch waits for people; to look at it more often would be of no use. */
  static final Duration HELD = Duration.ofSeconds(10);

  private final Query query;
  private final Pass pass;
  private final QueryBoard board;
  private final Pauses pauses;
  private final Backoff backoff;
  private final Clock clock;
  private final RandomGenerator random;
  private int failures;

  QueryLoop(
      Query query,
      Pass pass,
      QueryBoard board,
      Pauses pauses,
      Backoff backoff,
      Clock clock,
      RandomGenerator random) {
    this.query = query;
    this.pass = pass;
    this.board = board;
    this.pauses = pauses;
    this.backoff = backoff;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    try (pass) {
      boolean goesOn = true;
      while (goesOn && !pauses.stopped()) {
        goesOn = turn();
      }
    } catch (Throwable failure) {
      // Nobody else would hear of it: this is the end of a thread.
      ProcessExit.log(failure);
      is(State.FAILED, ProcessExit.message(failure), ProcessExit.exitCode(failure));
    }
    if (state() != State.FAILED) {
      QueryStatus.Standing last = board.of(name()).standing();
      is(State.STOPPED, last.reason().orElse(""), last.exitCode());
    }
  }

  /** One pass and the time after it; false if there is to be no other. */
  private boolean turn() {
    Instant start = clock.instant();
    if (state() == State.WAITING || state() == State.STARTING) {
      is(State.RUNNING, board.of(name()).standing().reason().orElse(""), ExitCode.OK);
    }
    Pass.Ended ended = ended();
    board.did(name(), ended.reports());
    if (ended.end() != Pass.End.UNAVAILABLE && ended.end() != Pass.End.BUSY) {
      failures = 0;
    }
    switch (ended.end()) {
      case CAUGHT_UP -> {
        board.caughtUp(name(), start);
        is(State.WAITING, "", ExitCode.OK);
        pauses.pause(left(start, query.every()));
      }
      case MORE -> {
        is(State.RUNNING, "", ExitCode.OK);
        pauses.pause(BREATH);
      }
      case NOT_YET -> {
        is(State.WAITING, ended.reason(), ExitCode.OK);
        pauses.pause(BUSY);
      }
      case BUSY -> {
        is(State.WAITING, ended.reason(), ExitCode.OK);
        pauses.pause(BUSY);
      }
      case HELD -> {
        is(State.HELD, ended.reason(), ExitCode.QUALITY);
        pauses.pause(left(start, query.every().compareTo(HELD) > 0 ? query.every() : HELD));
      }
      case UNAVAILABLE -> {
        return unavailable(ended.reason());
      }
      case FAILED -> {
        is(State.FAILED, ended.reason(), ended.exitCode());
        return false;
      }
    }
    return true;
  }

  /** A pass; where what it leans on does not answer between its jobs, that is an outcome, too. */
  private Pass.Ended ended() {
    try {
      return pass.run();
    } catch (Exception failure) {
      // Spark throws checked exceptions that it does not declare.
      if (ProcessExit.exitCode(failure) != ExitCode.UNAVAILABLE) {
        throw failure;
      }
      ProcessExit.log(failure);
      return new Pass.Ended(
          Pass.End.UNAVAILABLE, ProcessExit.message(failure), ExitCode.UNAVAILABLE, List.of());
    }
  }

  private boolean unavailable(String reason) {
    failures++;
    if (failures > backoff.failures()) {
      is(State.FAILED, reason, ExitCode.UNAVAILABLE);
      return false;
    }
    is(State.RETRYING, reason, ExitCode.UNAVAILABLE);
    pauses.pause(backoff.after(failures, random));
    return true;
  }

  private Duration left(Instant start, Duration every) {
    Duration left = Duration.between(clock.instant(), start.plus(every));
    // The clock may be set back meanwhile.
    Duration most = left.compareTo(every) > 0 ? every : left;
    return most.compareTo(BREATH) < 0 ? BREATH : most;
  }

  private State state() {
    return board.of(name()).standing().state();
  }

  private void is(State state, String reason, ExitCode exitCode) {
    board.is(name(), state, reason, failures, exitCode);
  }

  private TableName name() {
    return query.name();
  }
}
