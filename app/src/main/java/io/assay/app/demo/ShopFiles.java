package io.assay.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes what the shop's systems deliver: a folder a day, a file a feed.
 *
 * <pre>
 *   2026-06-01/customers.csv  products.csv  order_items.csv  orders.jsonl  payments.jsonl.gz
 * </pre>
 */
final class ShopFiles {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Path folder;
  private final long seed;

  ShopFiles(Path folder, long seed) {
    this.folder = folder;
    this.seed = seed;
  }

  /** Delivers every feed of a day. */
  void deliver(ShopDay day) {
    deliverWithoutPayments(day);
    deliverPayments(day, "payments.jsonl.gz");
  }

  /** Delivers a day as {@link #deliver} does, with the payments in pence, but said to be pounds. */
  void deliverWithPaymentsInPence(ShopDay day) {
    deliverWithoutPayments(day);
    List<Payment> pence =
        day.payments().stream()
            .map(
                paid ->
                    new Payment(
                        paid.id(),
                        paid.orderId(),
                        paid.method(),
                        paid.amount().multiply(HUNDRED),
                        paid.paidAt()))
            .toList();
    write(day, "payments.jsonl.gz", pence.stream().map(ShopFeeds::line).toList());
  }

  /** Delivers a day's payments in a file of their own. */
  void deliverPayments(ShopDay day, String file) {
    write(day, file, dirt(day).payments(lines(day.payments().stream().map(ShopFeeds::line))));
  }

  private void deliverWithoutPayments(ShopDay day) {
    Dirt dirt = dirt(day);
    List<String> customers = lines(day.customers().stream().map(ShopFeeds::line));
    List<String> products = lines(day.products().stream().map(ShopFeeds::line));
    List<String> items = lines(day.items().stream().map(ShopFeeds::line));
    List<String> orders = lines(day.orders().stream().map(ShopFeeds::line));
    write(day, "customers.csv", under(ShopFeeds.CUSTOMERS_HEADER, dirt.customers(customers)));
    write(day, "products.csv", under(ShopFeeds.PRODUCTS_HEADER, dirt.products(products)));
    write(day, "order_items.csv", under(ShopFeeds.ITEMS_HEADER, dirt.items(items)));
    write(day, "orders.jsonl", dirt.orders(orders));
  }

  private Dirt dirt(ShopDay day) {
    return new Dirt(new Random(seed + day.date().toEpochDay()));
  }

  private void write(ShopDay day, String name, List<String> lines) {
    Path file = folder.resolve(day.date().toString()).resolve(name);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = open(file)) {
        for (String line : lines) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }

  private static List<String> lines(Stream<String> lines) {
    return lines.toList();
  }

  private static List<String> under(String header, List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.add(0, header);
    return all;
  }
}
