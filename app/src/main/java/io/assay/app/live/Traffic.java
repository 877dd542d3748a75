package io.assay.app.live;

import io.assay.app.demo.RowChange;
import io.assay.app.demo.ShopEvent;
import io.assay.app.demo.ShopScript;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays the shop's systems: changes the database, sends messages, lets sensors tell. */
final class Traffic {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final ShopScript script;
  private final ShopTables tables;
  private final Topics topics;
  private final SensorApi sensors;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<String, Long> expected = new HashMap<>();
  private Optional<Feeds> feeds = Optional.empty();
  private DayPace pace;
  private long dayStart;
  private volatile Throwable failure;

  Traffic(ShopScript script, ShopTables tables, Topics topics, SensorApi sensors) {
    this.script = script;
    this.tables = tables;
    this.topics = topics;
    this.sensors = sensors;
  }

  /** Lets days pass at once, before anybody looks: the capture will begin with a snapshot. */
  void past(int days) throws SQLException {
    for (int day = 0; day < days; day++) {
      publish(script.begin());
    }
    topics.flush();
    for (String table : ShopTables.NAMES) {
      expected.put(table, tables.count(table));
    }
    pace(Duration.ofDays(1), script.next());
  }

  /** How many messages each topic has, or will have when Debezium has told of all changes. */
  synchronized Map<String, Long> expected() {
    return Map.copyOf(expected);
  }

  /**
   * Lets days pass, each in so much time, in a thread of its own.
   *
   * @param counted what is sent from now on
   */
  Thread begin(int days, Duration length, Feeds counted) {
    feeds = Optional.of(counted);
    Thread thread = new Thread(() -> live(days, length), "assay-shop");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void live(int days, Duration length) {
    try {
      for (int day = 0; day < days && !stopped(); day++) {
        pace(length, script.next());
        live(script.begin());
        while (!stopped() && passed().compareTo(length) < 0) {
          pause();
        }
      }
      topics.flush();
    } catch (SQLException | RuntimeException e) {
      failure = e;
    }
  }

  private synchronized void pace(Duration length, LocalDate date) {
    pace = new DayPace(date, ShopScript.zone(), length);
    dayStart = System.nanoTime();
  }

  private void live(List<ShopEvent> events) throws SQLException {
    int next = 0;
    while (next < events.size() && !stopped()) {
      int first = next;
      Duration passed = passed();
      while (next < events.size() && pace.after(events.get(next).at()).compareTo(passed) <= 0) {
        next++;
      }
      publish(events.subList(first, next));
      pause();
    }
  }

  /** What is due goes out; changes of rows in one transaction. */
  private void publish(List<ShopEvent> events) throws SQLException {
    List<RowChange> changes = new ArrayList<>();
    for (ShopEvent event : events) {
      if (event instanceof ShopEvent.Changed changed) {
        changes.add(changed.change());
      } else if (event instanceof ShopEvent.Sent sent) {
        topics.send(sent.dataset(), sent.key(), sent.json(), () -> sent(sent.dataset(), 1));
      } else if (event instanceof ShopEvent.Read read) {
        sensors.add(read.json(), read.at());
        sent(read.dataset(), 1);
      }
    }
    if (!changes.isEmpty()) {
      tables.commit(changes);
      // A delete is two messages: that, and a tombstone.
      changes.forEach(
          change -> sent(change.table(), change.kind() == RowChange.Kind.DELETE ? 2 : 1));
    }
  }

  private synchronized void sent(String dataset, long events) {
    expected.merge(dataset, events, Long::sum);
    feeds.ifPresent(counted -> counted.of(dataset).sent(events));
  }

  private synchronized Duration passed() {
    return Duration.ofNanos(System.nanoTime() - dayStart);
  }

  /** What the shop's clock shows. */
  synchronized Instant clock() {
    return pace.at(passed());
  }

  /** Ends before the last day does. */
  void stop() {
    stop.countDown();
  }

  /** Whether it was ended before its time. */
  boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause() {
    try {
      boolean ignored = stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks whether all went well.
   *
   * @throws AssayException if it did not
   */
  void check() {
    if (failure != null) {
      throw new AssayException(
          ExitCode.FAILURE, "the shop's systems failed: " + failure.getMessage());
    }
  }
}
