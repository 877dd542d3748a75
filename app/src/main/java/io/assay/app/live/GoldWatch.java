package io.assay.app.live;

import io.assay.app.demo.ShopAnswers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks gold whenever a mart has a new version, in a thread of its own. */
final class GoldWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GoldWatch.class);

  /** Milliseconds for the last question. */
  private static final long PATIENCE = 30_000;

  private final ShopAnswers answers;
  private final Supplier<LocalDate> today;
  private final Semaphore changed = new Semaphore(1);
  private final Thread thread;
  private volatile Gold newest = Gold.NONE;
  private volatile boolean closing;

  /**
   * What gold says.
   *
   * @param bestSeller the product that brought in most, and how much
   * @param unmatched orders whose payments do not add up
   * @param versions how often gold was asked, because it had changed
   */
  record Gold(
      long orders, long units, BigDecimal sales, String bestSeller, long unmatched, long versions) {
    static final Gold NONE = new Gold(0, 0, BigDecimal.ZERO, "-", 0, 0);
  }

  /**
   * @param today the day whose sales are asked for
   */
  GoldWatch(ShopAnswers answers, Supplier<LocalDate> today) {
    this.answers = answers;
    this.today = today;
    this.thread = new Thread(this::watch, "assay-gold");
    thread.setDaemon(true);
    thread.start();
  }

  /** Gold has changed; returns at once. */
  void changed() {
    changed.release();
  }

  Gold newest() {
    return newest;
  }

  private void watch() {
    try {
      for (boolean last = false; !last; ) {
        changed.acquire();
        changed.drainPermits();
        last = closing;
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    try {
      newest = asked();
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare. The next version is asked
      // anyway; a picture is no proof.
      LOG.warn("gold cannot be asked", e);
    }
  }

  private Gold asked() {
    java.sql.Date day = java.sql.Date.valueOf(today.get());
    long orders = 0;
    long units = 0;
    BigDecimal sales = BigDecimal.ZERO;
    for (Row row : answers.sales()) {
      if (row.getDate(0).equals(day)) {
        orders = row.getLong(1);
        units = row.getLong(3);
        sales = row.getDecimal(4);
      }
    }
    List<Row> products = answers.products();
    String best =
        products.isEmpty()
            ? "-"
            : String.format(
                Locale.ROOT,
                "%s, £%,.2f",
                products.get(0).getString(2),
                products.get(0).getDecimal(5));
    long unmatched =
        answers.paymentDifferencesByReason().stream().mapToLong(row -> row.getLong(1)).sum();
    return new Gold(orders, units, sales, best, unmatched, newest.versions() + 1);
  }

  /** Asks a last time. */
  @Override
  public void close() {
    closing = true;
    changed.release();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
