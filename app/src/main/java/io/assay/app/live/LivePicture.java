package io.assay.app.live;

import io.assay.app.demo.ShopScript;
import io.assay.app.live.FeedCount.Standing;
import io.assay.app.live.GoldWatch.Gold;
import io.assay.app.live.Line.Ink;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The show itself: what was sent, how far it has come, and what gold says. */
final class LivePicture {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", Locale.ENGLISH);
  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final int BAR = 24;
  private static final int NAME = 21;
  private static final int NUMBER = 12;
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Traffic traffic;
  private final Feeds feeds;
  private final GoldWatch gold;
  private final boolean blocks;
  private final Duration length;
  private final long began = System.nanoTime();
  private final Deque<Long> sales = new ArrayDeque<>();
  private long version = -1;

  /**
   * @param length how long the shop is open
   * @param blocks whether there are characters for bars
   */
  LivePicture(Traffic traffic, Feeds feeds, GoldWatch gold, Duration length, boolean blocks) {
    this.traffic = traffic;
    this.feeds = feeds;
    this.gold = gold;
    this.length = length;
    this.blocks = blocks;
  }

  LiveView.Scene scene() {
    return new LiveView.Scene(this::lines, this::line);
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.empty());
    lines.add(title());
    lines.add(Line.empty());
    lines.add(heading());
    lines.add(Line.empty().add(" PostgreSQL → Debezium → Kafka", Ink.BLUE));
    Feeds.NAMES.subList(0, 3).forEach(name -> lines.add(feed(name)));
    lines.add(Line.empty().add(" Kafka", Ink.BLUE));
    Feeds.NAMES.subList(3, 5).forEach(name -> lines.add(feed(name)));
    lines.add(Line.empty().add(" HTTP", Ink.BLUE));
    lines.add(feed(Feeds.PAGED));
    lines.add(Line.empty());
    answers(lines);
    lines.add(Line.empty());
    lines.add(
        feeds.trouble().isEmpty()
            ? Line.empty().add(" last done: " + feeds.news(), Ink.DIM)
            : Line.empty().add(" " + feeds.trouble(), Ink.RED));
    return lines;
  }

  private Line title() {
    Duration passed = passed();
    boolean open = passed.compareTo(length) < 0 && !traffic.stopped();
    int full = (int) Math.min(BAR, BAR * passed.toMillis() / Math.max(1, length.toMillis()));
    return Line.empty()
        .add(" The shop, live", Ink.BOLD)
        .left(40, "   " + clock(), Ink.PLAIN)
        .add((blocks ? "█" : "#").repeat(full), Ink.GREEN)
        .add((blocks ? "░" : ".").repeat(BAR - full), Ink.DIM)
        .add(open ? "  " + minutes(passed) + " of " + minutes(length) : "  closed", Ink.DIM);
  }

  private static Line heading() {
    return Line.empty()
        .left(NAME, "", Ink.DIM)
        .right(NUMBER - 2, "sent", Ink.DIM)
        .right(NUMBER, "in bronze", Ink.DIM)
        .right(NUMBER, "in silver", Ink.DIM)
        .right(NUMBER - 1, "behind", Ink.DIM)
        .add("   sent, each second", Ink.DIM);
  }

  private Line feed(String name) {
    Standing standing = feeds.of(name).standing();
    boolean paged = name.equals(Feeds.PAGED);
    return Line.empty()
        .left(NAME, "   " + name, Ink.PLAIN)
        .right(NUMBER - 2, number(standing.sent()), Ink.PLAIN)
        .right(NUMBER, number(standing.bronze()) + (paged ? " pages" : ""), Ink.PLAIN)
        .right(NUMBER, number(standing.silver()), Ink.BOLD)
        .right(NUMBER - 1, behind(standing), ink(standing))
        .add("   " + spark(standing.rate()), Ink.BLUE);
  }

  private static Ink ink(Standing standing) {
    if (standing.behind().isZero()) {
      return Ink.DIM;
    }
    return standing.behind().compareTo(SOON) < 0 ? Ink.GREEN : Ink.AMBER;
  }

  private static String behind(Standing standing) {
    return standing.behind().isZero() ? "-" : seconds(standing.behind());
  }

  private void answers(List<Line> lines) {
    Gold now = gold.newest();
    if (now.versions() != version) {
      version = now.versions();
      sales.add(now.sales().longValue());
      if (sales.size() > FeedCount.SECONDS) {
        sales.remove();
      }
    }
    lines.add(
        Line.empty()
            .add(" Gold", Ink.GOLD)
            .add(
                now.versions() == 0
                    ? ""
                    : "   asked whenever it changed: %d times".formatted(version),
                Ink.DIM));
    lines.add(
        answer("sales of the day", String.format(Locale.ROOT, "£%,.2f", now.sales()))
            .add(spark(List.copyOf(sales)), Ink.GOLD));
    lines.add(
        answer(
            "orders of the day", number(now.orders()) + " of " + number(now.units()) + " pieces"));
    lines.add(answer("best seller", now.bestSeller()));
    lines.add(answer("orders whose payments do not add up", number(now.unmatched())));
  }

  private static Line answer(String question, String text) {
    return Line.empty().left(41, "   " + question, Ink.PLAIN).left(27, text, Ink.BOLD);
  }

  /** Everything in one line, for those who see no picture. */
  private String line() {
    List<Standing> all = Feeds.NAMES.stream().map(name -> feeds.of(name).standing()).toList();
    Duration behind =
        all.stream().map(Standing::behind).max(Duration::compareTo).orElse(Duration.ZERO);
    Gold now = gold.newest();
    return String.format(
        Locale.ROOT,
        "%s of %s, %s: %,d events sent, %,d in silver, %s behind; gold: %,d orders, £%,.2f, %d do not add up%s",
        minutes(passed().compareTo(length) < 0 ? passed() : length),
        minutes(length),
        clock(),
        all.stream().mapToLong(Standing::sent).sum(),
        all.stream().mapToLong(Standing::silver).sum(),
        seconds(behind),
        now.orders(),
        now.sales(),
        now.unmatched(),
        feeds.trouble().isEmpty() ? "" : "; " + feeds.trouble());
  }

  private String spark(List<Long> values) {
    if (!blocks) {
      return "";
    }
    long top = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
    return values.stream().map(value -> level(value, top)).collect(Collectors.joining());
  }

  private static String level(long value, long top) {
    return value == 0 ? " " : LEVELS.charAt((int) (value * (LEVELS.length() - 1) / top)) + "";
  }

  private Duration passed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private String clock() {
    return CLOCK.format(ZonedDateTime.ofInstant(traffic.clock(), ShopScript.zone()));
  }

  private static String minutes(Duration duration) {
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
