package io.assay.e2e;

import static io.assay.e2e.ProjectRun.assertSound;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of a real PostgreSQL, Debezium's engine in a process of its own, a real broker, and the
 * pipeline behind it, all configured as the documentation says.
 */
@Tag("all")
class ChangeCaptureTest {
  private static final SparkSession SPARK = TestSpark.compiling();
  private static final TableName BRONZE = TableName.bronze("products");
  private static final TableName CURRENT = TableName.silver("products");
  private static final TableName HISTORY = TableName.history("products");
  private static final int STEP = 4_000;
  private static final int SNAPSHOT = 300;

  @TempDir Path folder;

  @Test
  void twentyThousandRandomChangesGiveTheTableAndTheHistoryThatATriggerNoted() throws Exception {
    try (CapturedShop shop = new CapturedShop(folder)) {
      shop.execute(
          "ALTER TABLE public.products REPLICA IDENTITY DEFAULT",
          "INSERT INTO public.products (sku, name, price, description)"
              + " SELECT 'a-' || i, 'name', 1.5, repeat('text ' || i, 500) FROM generate_series(1, 300) i");
      ProjectRun run = new ProjectRun(SPARK, shop.project());
      CaptureProcess first = shop.capture(Map.of("offset.flush.interval.ms", "100"));
      shop.await(SNAPSHOT);
      Instant begun = Instant.now();
      CaptureProcess second = changed(shop, run, first);
      shop.execute("INSERT INTO public.products (sku) VALUES ('the end')");
      Instant patience = Instant.now().plus(Duration.ofMinutes(2));
      while (run.read(CURRENT).where("sku = 'the end'").isEmpty()
          && Instant.now().isBefore(patience)) {
        assertSound(run.run());
      }
      assertSound(run.run());

      CapturedProducts products = shop.products();
      assertEqual(
          lines(run.read(CURRENT), CapturedProducts.SILVER_LINE),
          products.current(),
          "current rows");
      assertEqual(history(run, begun), products.history(SNAPSHOT), "versions");
      assertThat(run.count(TableName.quarantine("products"))).isZero();
      assertThat(run.discrepancies()).isEmpty();
      assertThat(repeated(run)).as("messages that came twice").isPositive();
      assertThat(second.stop()).as(shop.log()).isTrue();
    }
  }

  /**
   * Changes the table while the pipeline runs, and kills the capture; tells the one at work then.
   */
  private static CaptureProcess changed(CapturedShop shop, ProjectRun run, CaptureProcess first)
      throws Exception {
    try (ProductChanges changes = new ProductChanges(shop.server())) {
      List<Future<Void>> writers = changes.begin(STEP, 1);
      assertSound(run.run());
      ProductChanges.await(writers);

      shop.execute("ALTER TABLE public.products REPLICA IDENTITY FULL");
      changes.withRenames();
      writers = changes.beginWithoutEnd(2);
      // Debezium may take a snapshot if what it noted last lies before a quiet moment.
      shop.awaitNotes(3);
      shop.letNote(false);
      shop.await(shop.messages() + STEP / 16);
      first.kill();
      changes.enough();
      shop.letNote(true);
      CaptureProcess second = shop.capture(Map.of("slot.retry.delay.ms", "500"));
      assertSound(run.run());
      ProductChanges.await(writers);

      writers = changes.begin(STEP, 3);
      Thread.sleep(300);
      shop.execute("TRUNCATE public.products");
      assertSound(run.run());
      ProductChanges.await(writers);

      shop.execute("ALTER TABLE public.products ADD COLUMN category text");
      changes.withCategories();
      writers = changes.begin(Math.max(2 * STEP, 5 * STEP - changes.done()), 4);
      assertSound(run.run());
      ProductChanges.await(writers);
      assertThat(changes.done()).isGreaterThanOrEqualTo(5 * STEP);
      return second;
    }
  }

  private static long repeated(ProjectRun run) {
    return run.stored(BRONZE)
        .where("_value IS NOT NULL")
        .selectExpr(
            "count(*) - count(DISTINCT struct(_source.key, get_json_object(_value, '$.op'),"
                + " get_json_object(_value, '$.source.lsn')))")
        .as(Encoders.LONG())
        .first();
  }

  /** Of the rows that the snapshot found it is not known since when they are so. */
  private static List<String> history(ProjectRun run, Instant begun) {
    String since =
        "CASE WHEN unix_millis(valid_from) < %d THEN 'snapshot' ELSE cast(unix_millis(valid_from) AS string) END"
            .formatted(begun.toEpochMilli());
    return lines(
        run.read(HISTORY),
        "concat_ws('|', %s, %s, coalesce(cast(unix_millis(valid_to) AS string), '~'))"
            .formatted(CapturedProducts.SILVER_LINE, since));
  }

  /** Tells some of what differs, not all lines. */
  private static void assertEqual(List<String> actual, List<String> expected, String what) {
    List<String> surplus = less(actual, expected);
    List<String> missing = less(expected, actual);
    assertThat(surplus.stream().limit(20)).as("surplus " + what).isEmpty();
    assertThat(missing.stream().limit(20)).as("missing " + what).isEmpty();
  }

  private static List<String> less(List<String> lines, List<String> others) {
    Map<String, Long> left =
        others.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()));
    return lines.stream().filter(line -> left.merge(line, -1L, Long::sum) < 0).toList();
  }

  private static List<String> lines(Dataset<Row> rows, String expression) {
    return rows.selectExpr(expression).as(Encoders.STRING()).collectAsList().stream()
        .sorted()
        .toList();
  }
}
