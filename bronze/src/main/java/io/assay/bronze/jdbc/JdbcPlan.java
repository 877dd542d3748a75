package io.assay.bronze.jdbc;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import io.assay.config.Source;
import io.assay.job.Pending;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which range of a table is next. One for each run: what ends it is fixed by its first look. */
final class JdbcPlan {
  private static final Duration DAY = Duration.ofDays(1);

  private final Database database;
  private final JdbcRules rules;
  private final Duration every;
  private final ZoneId zone;
  private final List<String> notes = new ArrayList<>();
  private Optional<String> newest = Optional.empty();
  private boolean begun;
  private boolean ended;

  /**
   * @param zone in which the days of snapshots begin
   */
  JdbcPlan(Database database, JdbcRules rules, Source.Jdbc source, ZoneId zone) {
    this.database = database;
    this.rules = rules;
    this.every = source.every().orElse(DAY);
    this.zone = zone;
  }

  /**
   * The next range.
   *
   * @param last the input of the newest finished batch
   * @param limit about how many rows a batch may have; a snapshot is never parted
   */
  Optional<BatchInput> next(Optional<BatchInput> last, long limit) {
    if (ended) {
      return Optional.empty();
    }
    Optional<Span> before = before(last);
    Optional<String> until =
        database.asking(
            session ->
                rules.watermark().isPresent()
                    ? position(session, before, limit)
                    : snapshot(session, before));
    return until.map(text -> input(last, before, text));
  }

  /** What waits, at most. */
  Pending pending(Optional<BatchInput> last) {
    Optional<Span> before = before(last);
    return database.asking(
        session -> {
          if (rules.watermark().isEmpty()) {
            Relation relation = Relation.of(session, database.server().dialect(), rules);
            return snapshot(session, before).isEmpty()
                ? new Pending.Nothing()
                : new Pending.Records(
                    Long.parseLong(
                        session.text("SELECT count(*) FROM " + relation.from()).orElseThrow()));
          }
          return position(session, before, Long.MAX_VALUE).isEmpty()
              ? new Pending.Nothing()
              : new Pending.Records(
                  Math.max(1, plan(session).waiting(before.map(JdbcPlan::position))));
        });
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private Optional<String> snapshot(Database.Session session, Optional<Span> before)
      throws SQLException {
    ended = true;
    Instant now = Instant.parse(session.text(database.server().dialect().time()).orElseThrow());
    boolean due = before.isEmpty() || turn(now) != turn(Instant.parse(before.get().until()));
    return due ? Optional.of(now.toString()) : Optional.empty();
  }

  /** The number of the span of time that a moment is in. */
  private long turn(Instant time) {
    long local = LocalDateTime.ofInstant(time, zone).toInstant(ZoneOffset.UTC).toEpochMilli();
    return Math.floorDiv(local, Math.max(1, every.toMillis()));
  }

  private Optional<String> position(Database.Session session, Optional<Span> before, long limit)
      throws SQLException {
    WatermarkPlan plan = plan(session);
    if (!begun) {
      newest = plan.newest();
      tellOf(plan.unreachable(), plan.need());
      begun = true;
    }
    Optional<WatermarkPosition> last = before.map(JdbcPlan::position);
    Optional<String> goal = newest.or(() -> last.map(WatermarkPosition::end));
    if (goal.isEmpty()) {
      return Optional.empty();
    }
    Optional<WatermarkPosition> next = plan.next(last, goal.get(), limit);
    ended = next.isEmpty() || next.get().end().equals(goal.get());
    return next.map(WatermarkPosition::text);
  }

  private WatermarkPlan plan(Database.Session session) throws SQLException {
    Relation relation = Relation.of(session, database.server().dialect(), rules);
    return new WatermarkPlan(session, Watermark.of(relation, rules));
  }

  private void tellOf(long unreachable, String need) {
    if (unreachable > 0) {
      notes.add(
          "%d row%s of %s: no %s %s, so %s not read; give them one, or read a query that does"
              .formatted(
                  unreachable,
                  unreachable == 1 ? "" : "s",
                  rules.origin(),
                  rules.watermark().orElseThrow(),
                  need,
                  unreachable == 1 ? "it is" : "they are"));
    }
  }

  private Optional<Span> before(Optional<BatchInput> last) {
    return spans(last).stream()
        .filter(span -> span.origin().equals(rules.origin()))
        .filter(span -> span.identity().equals(rules.identity()))
        .findFirst();
  }

  private BatchInput input(Optional<BatchInput> last, Optional<Span> before, String until) {
    List<Span> spans = new ArrayList<>();
    spans.add(
        new Span(rules.origin(), rules.identity(), before.map(Span::until).orElse(""), until));
    spans(last).stream()
        .filter(span -> !span.origin().equals(rules.origin()))
        .map(span -> new Span(span.origin(), span.identity(), span.until(), span.until()))
        .forEach(spans::add);
    return new Positions(spans);
  }

  private static List<Span> spans(Optional<BatchInput> last) {
    return last.isPresent() && last.get() instanceof Positions input ? input.spans() : List.of();
  }

  private static WatermarkPosition position(Span span) {
    return WatermarkPosition.of(span.until());
  }
}
