package io.assay.e2e;

import io.assay.testing.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Random changes of products by several connections at once, in transactions of one to eight
 * statements, some of which are rolled back. Each connection has keys of its own, since two that
 * change several of the same would wait for each other; single changes go to any key.
 */
final class ProductChanges implements AutoCloseable {
  private static final int KEYS = 300;
  private static final String UPSERT =
      "INSERT INTO public.products (sku, name, price, stock, active, listed_on, changed_at, description)"
          + " VALUES (?, ?, ?, ?, ?, date '2026-01-01' + ?, clock_timestamp(), ?)"
          + " ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price = excluded.price,"
          + " changed_at = excluded.changed_at";

  private final PostgresServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean renaming;
  private volatile boolean categories;
  private volatile boolean enough;

  ProductChanges(PostgresServer server) {
    this.server = server;
  }

  /** From now on keys change too. */
  void withRenames() {
    renaming = true;
  }

  /** From now on the table has a column {@code category}. */
  void withCategories() {
    categories = true;
  }

  /** How many rows were changed. */
  int done() {
    return done.get();
  }

  /** Begins so many changes of rows, by two connections. */
  List<Future<Void>> begin(int changes, long seed) {
    return beginUntil(done.get() + changes, seed);
  }

  /** Begins changes that go on until it is {@link #enough}. */
  List<Future<Void>> beginWithoutEnd(long seed) {
    enough = false;
    return beginUntil(Integer.MAX_VALUE, seed);
  }

  /** Ends the changes that have no end. */
  void enough() {
    enough = true;
  }

  private List<Future<Void>> beginUntil(int end, long seed) {
    List<Future<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      Random random = new Random(seed + writer);
      String prefix = "abc".charAt(writer) + "-";
      writers.add(threads.submit((Callable<Void>) () -> write(prefix, random, end)));
    }
    return writers;
  }

  static void await(List<Future<Void>> writers) throws InterruptedException {
    for (Future<Void> writer : writers) {
      try {
        writer.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private Void write(String prefix, Random random, int end) throws SQLException {
    try (Connection connection = server.connect(CapturedProducts.DATABASE)) {
      connection.setAutoCommit(false);
      while (done.get() < end && !(enough && end == Integer.MAX_VALUE)) {
        int statements = 1 + random.nextInt(8);
        int rows = 0;
        for (int i = 0; i < statements; i++) {
          String owner = statements == 1 && random.nextBoolean() ? "a-" : prefix;
          rows += change(connection, random, owner, owner.equals(prefix));
        }
        if (random.nextInt(30) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          done.addAndGet(rows);
        }
      }
    }
    return null;
  }

  private int change(Connection connection, Random random, String owner, boolean mayInsert)
      throws SQLException {
    String sku = owner + random.nextInt(KEYS);
    int kind = random.nextInt(20);
    if (kind < 9 && mayInsert) {
      return update(
          connection,
          UPSERT,
          sku,
          "name " + random.nextInt(50),
          new BigDecimal(random.nextInt(100_000)).movePointLeft(2),
          random.nextInt(1000),
          random.nextBoolean(),
          random.nextInt(300),
          random.nextInt(4) == 0 ? text(random) : null);
    }
    if (kind < 13) {
      return update(
          connection,
          "UPDATE public.products SET stock = ?, changed_at = clock_timestamp() WHERE sku = ?",
          random.nextInt(1000),
          sku);
    }
    if (kind == 13) {
      return update(
          connection,
          "UPDATE public.products SET description = ? WHERE sku = ?",
          random.nextInt(3) == 0 ? null : text(random),
          sku);
    }
    if (kind == 14) {
      return update(connection, "UPDATE public.products SET name = name WHERE sku = ?", sku);
    }
    if (kind == 15 && categories) {
      return update(
          connection,
          "UPDATE public.products SET category = ? WHERE sku = ?",
          "category " + random.nextInt(5),
          sku);
    }
    if (kind >= 18 && renaming && mayInsert) {
      String to = owner + random.nextInt(KEYS);
      return update(
          connection,
          "UPDATE public.products SET sku = ? WHERE sku = ?"
              + " AND NOT EXISTS (SELECT FROM public.products WHERE sku = ?)",
          to,
          sku,
          to);
    }
    return update(connection, "DELETE FROM public.products WHERE sku = ?", sku);
  }

  /** Too long for a row of a page. */
  private static String text(Random random) {
    return Long.toHexString(random.nextLong()).repeat(200);
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
