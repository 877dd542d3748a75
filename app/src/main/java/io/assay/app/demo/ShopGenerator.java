package io.assay.app.demo;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Makes the data of the shop in {@code conf/}: customers, products, orders, items, payments, stock,
 * clicks and temperatures over several days, with the dirt that its rules catch. The same arguments
 * give the same files.
 *
 * @param scale 1 is 400 customers, 80 products and 300 orders a day
 * @param first the day the shop opens
 */
public record ShopGenerator(long seed, double scale, LocalDate first) {
  /** Scale 1 from a Monday in summer, when the shop's time is not UTC. */
  public static final ShopGenerator DEFAULT =
      new ShopGenerator(7, 1, LocalDate.parse("2026-06-01"));

  /**
   * Writes the shop's deliveries.
   *
   * @param folder gets a folder a day; files in it are replaced
   */
  public void generate(int days, Path folder) {
    ShopFiles files = files(folder);
    days(days).forEach(files::deliver);
  }

  List<ShopDay> days(int count) {
    return new ShopSimulation(seed, scale, first).days(count);
  }

  ShopFiles files(Path folder) {
    return new ShopFiles(folder, seed);
  }
}
