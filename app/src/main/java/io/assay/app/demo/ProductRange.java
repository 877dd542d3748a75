package io.assay.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the shop sells, and at what price. Prices change at midnight. */
final class ProductRange {
  private static final List<String> CATEGORIES = List.of("kitchen", "garden", "office", "toys");
  private static final List<String> MATERIALS =
      List.of("Oak", "Tin", "Linen", "Glass", "Copper", "Felt", "Wicker", "Enamel");
  private static final List<List<String>> THINGS =
      List.of(
          List.of("Jug", "Tea Towel", "Bread Bin", "Egg Cup", "Tray"),
          List.of("Planter", "Lantern", "Trug", "Bird Feeder", "Bench"),
          List.of("Pencil Pot", "Notebook", "Letter Rack", "Desk Lamp", "Clock"),
          List.of("Kite", "Puzzle", "Abacus", "Train", "Puppet"));

  private final RandomGenerator random;
  private final int bought;
  private final Zipf popularity;
  private final List<ProductChange> current = new ArrayList<>();

  /**
   * @param size how many products there are at first; only they are ever bought
   */
  ProductRange(RandomGenerator random, int size) {
    this.random = random;
    this.bought = size;
    this.popularity = new Zipf(size, 1);
  }

  /** The opening range, priced the month before the first day. */
  List<ProductChange> open(LocalDate first, int size) {
    for (int index = 0; index < size; index++) {
      current.add(created(first.minusDays(30).atStartOfDay()));
    }
    return List.copyOf(current);
  }

  /** A day's new prices, and one new product; yesterday's, which nobody bought, is withdrawn. */
  List<ProductChange> change(LocalDate date) {
    List<ProductChange> changes = new ArrayList<>();
    int step = 17;
    for (int index = random.nextInt(step); index < current.size(); index += step) {
      ProductChange old = current.get(index);
      if (index >= bought) {
        continue;
      }
      BigDecimal price =
          old.price().multiply(new BigDecimal("1.05")).setScale(2, RoundingMode.HALF_UP);
      current.set(index, old.priced(price, date.atStartOfDay()));
      changes.add(current.get(index));
    }
    if (current.size() > bought) {
      int newest = current.size() - 1;
      current.set(newest, current.get(newest).withdrawnAt(date.atStartOfDay()));
      changes.add(current.get(newest));
    }
    current.add(created(date.atStartOfDay()));
    changes.add(current.get(current.size() - 1));
    return changes;
  }

  /** What can be bought now. */
  List<ProductChange> onSale() {
    return current.stream().filter(product -> !product.withdrawn()).toList();
  }

  /** A product that somebody buys; a few are bought by most. */
  ProductChange draw() {
    return current.get(popularity.draw(random));
  }

  private ProductChange created(LocalDateTime at) {
    int number = current.size() + 1;
    int category = random.nextInt(CATEGORIES.size());
    List<String> things = THINGS.get(category);
    String name =
        MATERIALS.get(random.nextInt(MATERIALS.size()))
            + " "
            + things.get(random.nextInt(things.size()))
            + " No. "
            + number;
    long pence = 195 + 50L * random.nextInt(60) + (random.nextInt(10) == 0 ? 4_000 : 0);
    return new ProductChange(
        "P%04d".formatted(number),
        name,
        CATEGORIES.get(category),
        BigDecimal.valueOf(pence, 2),
        at,
        false);
  }
}
