package io.assay.app.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Delivers without any server: a folder a day, a file a feed. What would come as messages is a
 * message a line. Days are delivered in their order, each once.
 *
 * <pre>
 *   2026-06-01/customers.csv  inventory.csv                        files anyway
 *              products.jsonl  orders.jsonl  order_items.jsonl     changes of rows, by Debezium
 *              payments.jsonl.gz  clickstream.jsonl                messages
 *              sensors.jsonl                                       answers of an API
 * </pre>
 */
final class ShopFiles {
  private static final int PAGE = 200;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Path folder;
  private final long seed;
  private final ShopDatabase database = new ShopDatabase();

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

  /** Delivers what comes as files in every environment: customers and the warehouses' stock. */
  void deliverFiles(ShopDay day) {
    Dirt dirt = dirt(day);
    deliverCustomers(day, dirt);
    deliverStock(day, dirt);
  }

  private void deliverCustomers(ShopDay day, Dirt dirt) {
    List<String> customers = lines(day.customers().stream().map(ShopFeeds::line));
    write(day, "customers.csv", under(ShopFeeds.CUSTOMERS_HEADER, dirt.customers(customers)));
  }

  private void deliverStock(ShopDay day, Dirt dirt) {
    List<String> stock = lines(day.stock().stream().map(ShopFeeds::line));
    write(day, "inventory.csv", under(ShopFeeds.STOCK_HEADER, dirt.stock(stock)));
  }

  private void deliverWithoutPayments(ShopDay day) {
    Dirt dirt = dirt(day);
    List<RowChange> changes = database.changes(day);
    deliverCustomers(day, dirt);
    write(day, "products.jsonl", dirt.products(messages(day, ShopDatabase.PRODUCTS, changes)));
    write(day, "order_items.jsonl", dirt.items(messages(day, ShopDatabase.ITEMS, changes)));
    write(day, "orders.jsonl", dirt.orders(messages(day, ShopDatabase.ORDERS, changes)));
    deliverStock(day, dirt);
    write(day, "clickstream.jsonl", dirt.clicks(lines(day.clicks().stream().map(ShopFeeds::line))));
    List<String> readings = lines(day.readings().stream().map(ShopFeeds::line));
    write(day, "sensors.jsonl", ShopFeeds.pages(dirt.readings(readings), PAGE));
  }

  private static List<String> messages(ShopDay day, String table, List<RowChange> changes) {
    return DebeziumFeed.messages(day.date(), table, changes);
  }

  private Dirt dirt(ShopDay day) {
    return new Dirt(new Random(seed + day.date().toEpochDay()));
  }

  /** A file has its name when it is whole, since a stream may be looking for it. */
  private void write(ShopDay day, String name, List<String> lines) {
    Path file = folder.resolve(day.date().toString()).resolve(name);
    Path unfinished = file.resolveSibling("." + name);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = open(unfinished)) {
        for (String line : lines) {
          out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
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
