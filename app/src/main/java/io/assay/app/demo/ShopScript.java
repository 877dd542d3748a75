package io.assay.app.demo;

import io.assay.app.demo.ShopEvent.Changed;
import io.assay.app.demo.ShopEvent.Read;
import io.assay.app.demo.ShopEvent.Sent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens in the shop on some days, event by event, for who plays its systems. Beside what the
 * simulation knows, prices change all day long.
 */
public final class ShopScript {
  private static final BigDecimal DISCOUNT = new BigDecimal("0.97");
  private static final int STEP = 7;

  private final List<ShopDay> days;
  private final ShopFiles files;
  private final ShopDatabase database = new ShopDatabase();
  private final Map<String, ProductChange> onSale = new TreeMap<>();
  private int begun;

  /**
   * A script of which nothing has happened yet.
   *
   * @param landing where files are delivered
   */
  public ShopScript(ShopGenerator shop, int days, Path landing) {
    this.days = shop.days(days);
    this.files = shop.files(landing);
  }

  /** The zone of the shop's clocks. */
  public static ZoneId zone() {
    return OrderBook.ZONE;
  }

  /** The day that begins next. */
  public LocalDate next() {
    return days.get(begun).date();
  }

  /**
   * Begins the next day: delivers its files.
   *
   * @return all else that happens on that day, in the order of time
   */
  public List<ShopEvent> begin() {
    ShopDay day = days.get(begun++);
    files.deliverFiles(day);
    List<ShopEvent> events = new ArrayList<>();
    day.products().forEach(this::shelve);
    List<RowChange> changes = database.changes(begun == 1 ? day : day.withProducts(allDay(day)));
    changes.forEach(change -> events.add(new Changed(change)));
    day.payments()
        .forEach(
            paid ->
                events.add(
                    new Sent("payments", paid.orderId(), ShopFeeds.line(paid), paid.paidAt())));
    day.clicks()
        .forEach(
            click ->
                events.add(
                    new Sent("clickstream", click.sessionId(), ShopFeeds.line(click), click.at())));
    day.readings()
        .forEach(
            reading -> events.add(new Read("sensors", ShopFeeds.line(reading), reading.readAt())));
    events.sort(Comparator.comparing(ShopEvent::at));
    return events;
  }

  private void shelve(ProductChange product) {
    if (product.withdrawn()) {
      onSale.remove(product.id());
    } else {
      onSale.put(product.id(), product);
    }
  }

  /** The day's changes of products, and every half an hour another one that is cheaper now. */
  private List<ProductChange> allDay(ShopDay day) {
    List<ProductChange> changes = new ArrayList<>(day.products());
    List<String> ids = List.copyOf(onSale.keySet());
    LocalDateTime end = day.date().atTime(21, 0);
    int turn = begun;
    for (LocalDateTime at = day.date().atTime(7, 0); at.isBefore(end); at = at.plusMinutes(30)) {
      ProductChange product = onSale.get(ids.get(turn++ * STEP % ids.size()));
      BigDecimal price = product.price().multiply(DISCOUNT).setScale(2, RoundingMode.UP);
      if (price.compareTo(product.price()) != 0) {
        changes.add(product.priced(price, at));
        onSale.put(product.id(), product.priced(price, at));
      }
    }
    return changes;
  }

  /**
   * Compares gold and silver with what has happened on all days that have begun, to the penny.
   *
   * @throws io.assay.error.AssayException if they say anything else
   */
  public void prove(ShopAnswers answers) {
    ShopTruth truth = new ShopTruth(days.subList(0, begun));
    ShopProof proof = new ShopProof(answers);
    proof.trade(truth);
    proof.payments(truth);
    proof.shelves(truth);
    proof.analyses(new MartTruth(days.subList(0, begun)));
  }
}
