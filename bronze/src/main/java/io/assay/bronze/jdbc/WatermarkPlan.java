package io.assay.bronze.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Which rows come next: those above the last position, up to a watermark below which about as many
 * lie as a batch may have; and with them those of the overlap, where rows appear late.
 */
final class WatermarkPlan {
  private final Database.Session session;
  private final Watermark watermark;

  WatermarkPlan(Database.Session session, Watermark watermark) {
    this.session = session;
    this.watermark = watermark;
  }

  /** The greatest watermark that there is now; empty if no row has one. */
  Optional<String> newest() throws SQLException {
    return session.text(
        "SELECT %s FROM %s WHERE %s"
            .formatted(
                watermark.text("max(" + watermark.column() + ")"),
                watermark.relation().from(),
                watermark.isReachable()));
  }

  /** What a watermark must be, so that a row is read. */
  String need() {
    return watermark.need();
  }

  /** How many rows are never read, since they have no watermark. */
  long unreachable() throws SQLException {
    Optional<String> condition = watermark.isUnreachable();
    return condition.isEmpty()
        ? 0
        : Long.parseLong(session.text("SELECT count(*)" + where(condition.get())).orElseThrow());
  }

  /** How many rows lie above a position, or are there at all. */
  long waiting(Optional<WatermarkPosition> last) throws SQLException {
    return Long.parseLong(
        last.isPresent()
            ? session
                .text(
                    "SELECT count(*)"
                        + where(watermark.isAfter() + " AND " + watermark.isReachable()),
                    last.get().end())
                .orElseThrow()
            : session.text("SELECT count(*)" + where(watermark.isReachable())).orElseThrow());
  }

  /**
   * The position behind the next batch.
   *
   * @param last behind the batch before; empty at the start
   * @param newest the greatest watermark to be read
   * @param limit about how many new rows a batch may have; equal watermarks are never parted
   * @return empty if nothing is new and nothing came late
   */
  Optional<WatermarkPosition> next(Optional<WatermarkPosition> last, String newest, long limit)
      throws SQLException {
    String goal = last.isPresent() ? later(newest, last.get().end()) : newest;
    if (last.isPresent()
        && goal.equals(last.get().end())
        && window(last.get().watermark(), goal).equals(last.get().window())) {
      return Optional.empty();
    }
    String end = bounded(last, goal, limit);
    String position = reached(end);
    if (!position.equals(end)) {
      // Times that have not come are taken all at once: the position cannot tell how many were.
      end = goal;
    }
    if (last.isPresent()) {
      position = later(position, last.get().watermark());
    }
    return Optional.of(new WatermarkPosition(position, end, window(position, end)));
  }

  private String bounded(Optional<WatermarkPosition> last, String goal, long limit)
      throws SQLException {
    String rows =
        // The name keeps the order from being that of the texts.
        "SELECT %s AS assay_bound%s ORDER BY %s LIMIT 1 OFFSET %d"
            .formatted(
                watermark.text(watermark.column()),
                where((last.isPresent() ? watermark.isAfter() + " AND " : "") + watermark.isUpTo()),
                watermark.column(),
                limit - 1);
    Optional<String> bound =
        last.isPresent() ? session.text(rows, last.get().end(), goal) : session.text(rows, goal);
    return bound.orElse(goal);
  }

  /** The watermark, or the time now if that is earlier: what is in between may still come. */
  private String reached(String end) throws SQLException {
    if (!watermark.type().isTime()) {
      return end;
    }
    Dialect dialect = watermark.relation().dialect();
    Instant now = Instant.parse(session.text(dialect.time()).orElseThrow());
    String clock =
        watermark.type().kind() == WatermarkType.Kind.MOMENT
            ? dialect.clock()
            : local(new LocalTimes(watermark.rules().zone()).earliestFrom(now));
    return session
        .text(
            "SELECT " + watermark.text("LEAST(" + watermark.type().cast("?") + ", " + clock + ")"),
            end)
        .orElseThrow();
  }

  private String local(LocalDateTime time) {
    return watermark.type().cast("'" + time.toString().replace('T', ' ') + "'");
  }

  private String later(String one, String other) throws SQLException {
    String either = watermark.type().cast("?");
    return session
        .text("SELECT " + watermark.text("GREATEST(" + either + ", " + either + ")"), one, other)
        .orElseThrow();
  }

  /** What the overlap of a position begins with. */
  String overlapOf(WatermarkPosition position) throws SQLException {
    return session
        .text(
            "SELECT " + watermark.text(watermark.overlapped(position.watermark())),
            position.watermark())
        .orElseThrow();
  }

  private String window(String position, String end) throws SQLException {
    return String.join(
        ":",
        session.row(
            "SELECT count(*), COALESCE(sum(%s), 0)%s"
                .formatted(
                    watermark.hash(),
                    where(watermark.isFromOverlap(position) + " AND " + watermark.isUpTo())),
            position,
            end));
  }

  private String where(String condition) {
    return " FROM %s WHERE %s".formatted(watermark.relation().from(), condition);
  }
}
