package io.assay.app.live;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What people see while the demo runs. On a terminal a scene is drawn over itself again and again;
 * elsewhere lines are appended.
 */
final class LiveView implements AutoCloseable {
  private static final long FRAME = 250;
  private static final long PAUSE = 5_000;

  private final PrintStream out;
  private final int columns;
  private final boolean coloured;
  private final boolean blocks;
  private final ScheduledExecutorService painter;
  private Scene scene = new Scene(List::of, () -> "");
  private int drawn;

  /**
   * Something to look at.
   *
   * @param lines as it is now; fewer than a terminal has
   * @param line the same in a line; empty if there is nothing to say
   */
  record Scene(Supplier<List<Line>> lines, Supplier<String> line) {}

  /**
   * @param columns of the terminal; 0 if there is none
   * @param environment variables: {@code NO_COLOR} is heeded
   */
  LiveView(PrintStream out, int columns, Map<String, String> environment) {
    this.out = out;
    this.columns = columns;
    this.coloured = environment.getOrDefault("NO_COLOR", "").isEmpty();
    this.blocks = canShow("█▁⠋✓");
    this.painter = Executors.newSingleThreadScheduledExecutor(LiveView::thread);
    long pause = terminal() ? FRAME : PAUSE;
    var unused = painter.scheduleWithFixedDelay(this::paint, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** A terminal has a character set of its own, which Java knows. */
  private static boolean canShow(String text) {
    String name = System.getProperty("sun.stderr.encoding");
    Charset charset = name == null ? Charset.defaultCharset() : Charset.forName(name);
    return charset.canEncode() && charset.newEncoder().canEncode(text);
  }

  boolean terminal() {
    return columns > 0;
  }

  /** Whether there are characters for bars and ticks. */
  boolean blocks() {
    return blocks;
  }

  /** Leaves the last scene as it is, and shows another one below it. */
  synchronized void show(Scene next) {
    paint();
    drawn = 0;
    scene = next;
  }

  /** A line for those who see no scenes. */
  synchronized void say(String line) {
    if (!terminal()) {
      out.println("assay demo: " + line);
    }
  }

  private synchronized void paint() {
    if (terminal()) {
      draw(scene.lines().get());
    } else {
      String line = scene.line().get();
      if (!line.isEmpty()) {
        say(line);
      }
    }
  }

  private void draw(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\033[").append(drawn).append("A\r");
    }
    for (Line line : lines) {
      text.append(line.text(columns - 1, coloured)).append("\033[K\n");
    }
    text.append("\033[J");
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  /** Draws a last time. */
  @Override
  public synchronized void close() {
    painter.shutdownNow();
    if (terminal()) {
      paint();
    }
    scene = new Scene(List::of, () -> "");
    drawn = 0;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "assay-view");
    thread.setDaemon(true);
    return thread;
  }
}
