package io.assay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.stream.Pass.End;
import io.assay.app.stream.QueryStatus.State;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Backoff;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The loop by itself: passes that only say how they ended, and a time that only pauses move. */
class QueryLoopTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Query QUERY =
      new Query(List.of(TableName.silver("orders")), Duration.ofSeconds(10), Set.of());

  /** Takes nothing off. */
  private static final RandomGenerator NO_JITTER = () -> 0L;

  private final Time time = new Time();
  private final List<String> changes = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private boolean closed;

  private record Turn(End end, Duration takes, ExitCode exitCode) {}

  private static final class Time extends Clock implements Pauses {
    private Instant now = START;
    private boolean stopped;
    private final List<Long> pauses = new ArrayList<>();

    @Override
    public boolean stopped() {
      return stopped;
    }

    @Override
    public void pause(Duration time) {
      pauses.add(time.toMillis());
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Ends as it is told; asks for the stop during the last turn. */
  private final class Script implements Pass {
    @Override
    public Ended run() {
      Turn turn = turns.remove(0);
      time.now = time.now.plus(turn.takes());
      time.stopped = turns.isEmpty();
      if (turn.end() == null) {
        throw new AssayException(turn.exitCode(), "thrown");
      }
      String reason = turn.end() == End.CAUGHT_UP || turn.end() == End.MORE ? "" : "why";
      return new Ended(turn.end(), reason, turn.exitCode(), List.of());
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private QueryLoopTest turn(End end, int seconds) {
    return turn(end, seconds, ExitCode.OK);
  }

  private QueryLoopTest turn(End end, int seconds, ExitCode exitCode) {
    turns.add(new Turn(end, Duration.ofSeconds(seconds), exitCode));
    return this;
  }

  private QueryBoard run(int failures) {
    StreamListener listener =
        new StreamListener() {
          @Override
          public void did(JobReport report) {}

          @Override
          public void changed(QueryStatus status) {
            changes.add(status.standing().state().label() + " " + status.standing().failures());
          }
        };
    QueryBoard board = new QueryBoard(List.of(QUERY), failures, time, listener);
    Backoff backoff = new Backoff(failures, Duration.ofSeconds(1), Duration.ofSeconds(3));
    new QueryLoop(QUERY, new Script(), board, time, backoff, time, NO_JITTER).run();
    return board;
  }

  private QueryStatus status(QueryBoard board) {
    return board.of(QUERY.name());
  }

  @Test
  void aTurnBeginsAtItsTimeAndAtOnceWhereTheOneBeforeWasLateOrLeftSomething() {
    QueryBoard board =
        turn(End.CAUGHT_UP, 3)
            .turn(End.MORE, 1)
            .turn(End.CAUGHT_UP, 12)
            .turn(End.NOT_YET, 0)
            .turn(End.BUSY, 0)
            .turn(End.CAUGHT_UP, 1)
            .run(2);

    long breath = QueryLoop.BREATH.toMillis();
    assertThat(time.pauses).containsExactly(7000L, breath, breath, 1000L, 1000L, 9000L);
    assertThat(status(board).standing().state()).isEqualTo(State.STOPPED);
    assertThat(status(board).progress().caughtUpAt())
        .contains(time.now.minus(Duration.ofSeconds(10)));
    assertThat(board.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(closed).isTrue();
    assertThat(changes).containsExactly("waiting 0", "waiting 0");
  }

  @Test
  void aSourceThatDoesNotAnswerIsAskedAgainEverLaterAndSuccessCountsAnew() {
    QueryBoard board =
        turn(End.UNAVAILABLE, 0)
            .turn(End.UNAVAILABLE, 0)
            .turn(End.BUSY, 0)
            .turn(End.UNAVAILABLE, 0)
            .turn(End.CAUGHT_UP, 0)
            .turn(End.UNAVAILABLE, 0)
            .turn(End.CAUGHT_UP, 0)
            .run(3);

    assertThat(time.pauses).containsExactly(1000L, 2000L, 1000L, 3000L, 10000L, 1000L, 10000L);
    assertThat(changes)
        .containsSubsequence("retrying 1", "retrying 2", "retrying 3", "waiting 0", "retrying 1");
    assertThat(board.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aStoreThatIsAwayBetweenTheJobsOfAPassIsAskedAgainAsASourceIs() {
    QueryBoard board =
        turn(null, 0, ExitCode.UNAVAILABLE)
            .turn(null, 0, ExitCode.UNAVAILABLE)
            .turn(End.CAUGHT_UP, 0)
            .run(2);

    assertThat(time.pauses).containsExactly(1000L, 2000L, 10000L);
    assertThat(changes).containsExactly("retrying 1", "retrying 2", "waiting 0");
    assertThat(status(board).standing().state()).isEqualTo(State.STOPPED);
    assertThat(board.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aClockThatIsSetBackMakesNoTurnLate() {
    turn(End.CAUGHT_UP, -3600).turn(End.HELD, -3600).turn(End.CAUGHT_UP, 0).run(2);

    assertThat(time.pauses).containsExactly(10000L, 10000L, 10000L);
  }

  @Test
  void oneThatNeverAnswersIsGivenUpWithExitCode5() {
    QueryBoard board =
        turn(End.UNAVAILABLE, 0)
            .turn(End.UNAVAILABLE, 0)
            .turn(End.UNAVAILABLE, 0)
            .turn(End.CAUGHT_UP, 0)
            .run(2);

    assertThat(turns).hasSize(1);
    assertThat(status(board).standing().state()).isEqualTo(State.FAILED);
    assertThat(status(board).standing().reason()).isEqualTo(Optional.of("why"));
    assertThat(board.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(closed).isTrue();
  }

  @Test
  void aHeldBatchIsLookedAtAgainAndAnotherFailureEndsTheQueryAtOnce() {
    QueryBoard held = turn(End.CAUGHT_UP, 0).turn(End.HELD, 2).turn(End.HELD, 1).run(2);

    assertThat(time.pauses).containsExactly(10000L, 8000L, 9000L);
    assertThat(held.exitCode()).isEqualTo(ExitCode.QUALITY);
    assertThat(changes).containsExactly("held 0");

    time.stopped = false;
    QueryBoard failed =
        turn(End.HELD, 0)
            .turn(End.CAUGHT_UP, 0)
            .turn(End.FAILED, 0, ExitCode.CONFIGURATION)
            .turn(End.CAUGHT_UP, 0)
            .run(2);
    assertThat(turns).hasSize(1);
    assertThat(failed.exitCode()).isEqualTo(ExitCode.CONFIGURATION);

    turns.clear();
    QueryBoard thrown = turn(null, 0, ExitCode.FAILURE).turn(End.CAUGHT_UP, 0).run(2);
    assertThat(turns).hasSize(1);
    assertThat(status(thrown).standing().reason()).isEqualTo(Optional.of("thrown"));
    assertThat(thrown.exitCode()).isEqualTo(ExitCode.FAILURE);
  }
}
