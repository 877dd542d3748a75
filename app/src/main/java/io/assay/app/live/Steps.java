package io.assay.app.live;

import io.assay.app.live.Line.Ink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is started before the show, or done after it: which of it is at work, and for how long. */
final class Steps {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final int NAME = 24;
  private static final int DETAIL = 52;
  private static final double SECOND = 1_000_000_000.0;

  private final String title;
  private final LiveView view;
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private int frame;

  private record Step(String detail, long began, long ended) {}

  /** Shows itself. */
  Steps(String title, LiveView view) {
    this.title = title;
    this.view = view;
    view.say(title);
    view.show(new LiveView.Scene(this::lines, () -> ""));
  }

  /** A step begins, beside others. */
  synchronized void begin(String name, String detail) {
    steps.put(name, new Step(detail, System.nanoTime(), 0));
  }

  /** What a step is about now. */
  synchronized void detail(String name, String detail) {
    steps.computeIfPresent(name, (same, step) -> new Step(detail, step.began(), 0));
  }

  /** A step is done. */
  synchronized void done(String name, String detail) {
    Step step = steps.get(name);
    Step done = new Step(detail, step.began(), System.nanoTime());
    steps.put(name, done);
    view.say("%s: %s, after %s".formatted(name, detail, seconds(done)));
  }

  private synchronized List<Line> lines() {
    frame++;
    List<Line> lines = new ArrayList<>();
    lines.add(Line.empty());
    lines.add(Line.empty().add(" " + title, Ink.BOLD));
    lines.add(Line.empty());
    steps.forEach((name, step) -> lines.add(line(name, step)));
    return lines;
  }

  private Line line(String name, Step step) {
    boolean done = step.ended() != 0;
    String mark =
        done
            ? view.blocks() ? "✓" : "*"
            : view.blocks() ? SPINNER.charAt(frame % SPINNER.length()) + "" : "-";
    return Line.of("   ")
        .add(mark + " ", done ? Ink.GREEN : Ink.AMBER)
        .left(NAME, name, Ink.PLAIN)
        .left(DETAIL, step.detail(), Ink.DIM)
        .right(9, seconds(step), Ink.DIM);
  }

  private static String seconds(Step step) {
    long end = step.ended() == 0 ? System.nanoTime() : step.ended();
    return String.format(Locale.ROOT, "%.1f s", (end - step.began()) / SECOND);
  }
}
