package io.assay.gold.windows;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.assay.table.SavedStates;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * All that a batch of windows leaves to the next one.
 *
 * @param watermark windows that end up to it are closed; empty if there was no event yet
 * @param lowMark no open window has an event before it; at most the watermark
 * @param late what came too late among the events that are not before the low mark
 * @param arrivals what came too late with this batch
 */
public record WindowMarks(
    Optional<Instant> watermark,
    Optional<Instant> lowMark,
    List<LateArrivals> late,
    Optional<LateArrivals> arrivals) {
  /** Before the first event. */
  public static final WindowMarks NONE =
      new WindowMarks(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  private static final String FORM = "windows/1";
  private static final String WATERMARK = "watermark";
  private static final String LOW_MARK = "low_mark";
  private static final String LATE = "late";
  private static final String ARRIVALS = "arrivals";
  private static final String SEPARATOR = " ";

  public WindowMarks {
    late = List.copyOf(late);
  }

  /** Those events that can belong to an open window. */
  public Column open(Column batch, Column time) {
    Column open = lowMark.map(low -> time.geq(lit(low))).orElse(time.isNotNull());
    return late.isEmpty() ? open : open.and(onTime(late, batch, time));
  }

  /**
   * Those events that were not late.
   *
   * @param late at least one
   */
  public static Column onTime(List<LateArrivals> late, Column batch, Column time) {
    return not(anyOf(late, batch, time));
  }

  /** A balanced tree, as a long chain would be too deep for the planner. */
  private static Column anyOf(List<LateArrivals> late, Column batch, Column time) {
    int half = late.size() / 2;
    return half == 0
        ? late.get(0).include(batch, time)
        : anyOf(late.subList(0, half), batch, time)
            .or(anyOf(late.subList(half, late.size()), batch, time));
  }

  /** In the form in which a ledger keeps it. */
  public SavedStates saved() {
    return new SavedStates(
        FORM,
        Map.of(
            WATERMARK, watermark.map(Instant::toString).orElse(""),
            LOW_MARK, lowMark.map(Instant::toString).orElse(""),
            LATE, late.stream().map(LateArrivals::text).collect(Collectors.joining(SEPARATOR)),
            ARRIVALS, arrivals.map(LateArrivals::text).orElse("")));
  }

  /** What {@link #saved} made; empty if it was something else. */
  public static Optional<WindowMarks> of(SavedStates saved) {
    if (!saved.form().equals(FORM)) {
      return Optional.empty();
    }
    Map<String, String> states = saved.states();
    List<LateArrivals> late =
        Arrays.stream(states.get(LATE).split(SEPARATOR, -1))
            .filter(text -> !text.isEmpty())
            .map(LateArrivals::of)
            .toList();
    return Optional.of(
        new WindowMarks(
            time(states.get(WATERMARK)),
            time(states.get(LOW_MARK)),
            late,
            Optional.of(states.get(ARRIVALS))
                .filter(text -> !text.isEmpty())
                .map(LateArrivals::of)));
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
