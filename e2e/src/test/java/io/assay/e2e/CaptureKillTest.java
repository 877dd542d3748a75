package io.assay.e2e;

import static io.assay.e2e.KilledReadings.RECORDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs and streams killed again and again while they take in changes of a database, and while they
 * make a history of them; and in between the capture that sends them.
 */
@Tag("deep")
class CaptureKillTest {
  private static final SparkSession SPARK = TestSpark.compiling();
  private static final TableName BRONZE = TableName.bronze("products");
  private static final TableName HISTORY = TableName.history("products");

  /** Rows that are inserted, then changed again and again; some are deleted. */
  private static final int ROWS = 2_000;

  private static final String CHANGE =
      "INSERT INTO public.products (sku, name, stock) SELECT 'p-' || i, 'round %1$d', %1$d"
          + " FROM generate_series(1, %2$d) i"
          + " ON CONFLICT (sku) DO UPDATE SET name = excluded.name, stock = excluded.stock";
  private static final String DELETE =
      "DELETE FROM public.products WHERE sku LIKE 'p-%%7' AND %d %% 10 = 0";

  @TempDir private Path folder;

  @Test
  void afterTenKillsEachMessageIsThereExactlyOnceAndTheHistoryIsThatOfAnUndisturbedRun()
      throws Exception {
    try (CapturedShop shop = new CapturedShop(folder)) {
      CaptureProcess first = shop.capture(Map.of());
      Project undisturbed = shop.project();
      SmallProject project = new SmallProject(folder.resolve("project"));
      append(project, "assay.yaml", "batch: {rows: 10000}\n");
      append(project, "datasets/products/pipeline.yaml", "continuous: {every: 1s}\n");
      shop.execute("INSERT INTO public.products (sku) VALUES ('the beginning')");
      shop.await(1);
      CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> change(shop));
      shop.await(RECORDS / 10);
      first.kill();
      shop.capture(Map.of("slot.retry.delay.ms", "500"));
      KilledReadings.killTenTimes(project);
      changes.join();
      shop.execute("INSERT INTO public.products (sku) VALUES ('the end')");
      ProjectRun run =
          new ProjectRun(
              SPARK, ProjectRun.project(project.folder(), project.warehouse(), Map.of()));
      untilTheEnd(run);

      assertThat(shop.products().changes()).isGreaterThan(RECORDS);
      KilledReadings.assertEachOnce(run, BRONZE, shop.messages());
      assertThat(lines(run.read(TableName.silver("products")), CapturedProducts.SILVER_LINE))
          .containsExactlyInAnyOrderElementsOf(shop.products().current());
      ProjectRun other = new ProjectRun(SPARK, undisturbed);
      other.run();
      Dataset<Row> expected = other.read(HISTORY);
      Dataset<Row> history = run.read(HISTORY);
      assertThat(history.exceptAll(expected).count()).isZero();
      assertThat(history.count()).isEqualTo(expected.count()).isGreaterThan(RECORDS / 2);
      assertThat(run.discrepancies()).isEmpty();
    }
  }

  private static void append(SmallProject project, String file, String text) throws IOException {
    Files.writeString(project.folder().resolve(file), text, StandardOpenOption.APPEND);
  }

  /** One transaction a round; some rows are deleted now and then, and come again. */
  private static void change(CapturedShop shop) {
    for (int round = 0; round < RECORDS / ROWS; round++) {
      shop.execute(CHANGE.formatted(round, ROWS), DELETE.formatted(round));
    }
  }

  private static void untilTheEnd(ProjectRun run) {
    Instant patience = Instant.now().plus(Duration.ofMinutes(5));
    do {
      run.run();
      assertThat(Instant.now()).isBefore(patience);
    } while (run.read(TableName.silver("products")).where("sku = 'the end'").isEmpty());
    run.run();
  }

  private static List<String> lines(Dataset<Row> rows, String expression) {
    return rows.selectExpr(expression).as(Encoders.STRING()).collectAsList();
  }
}
