package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a capture when something around it fails; {@link ChangeCaptureTest} kills it. */
@Tag("all")
class CaptureFaultsTest {
  /** Debezium tries again at once when the database or the slot is not free. */
  private static final Map<String, String> EAGER =
      Map.of("retriable.restart.connector.wait.ms", "500", "slot.retry.delay.ms", "500");

  @TempDir Path folder;

  @Test
  void aCaptureIsStoppedAndItsDatabaseRestartedAndItsSlotLost() throws Exception {
    try (CapturedShop shop = new CapturedShop(folder)) {
      shop.execute("INSERT INTO public.products (sku, name) VALUES ('kept', '1'), ('gone', '1')");
      CaptureProcess capture = startedWhileWritersWait(shop);

      assertThat(capture.stop()).as(shop.log()).isTrue();
      assertThat(shop.log()).contains("shop-postgres has stopped");
      shop.execute("UPDATE public.products SET name = '2' WHERE sku = 'kept'");
      capture = shop.capture(EAGER);
      shop.await(3);
      assertThat(shop.messages()).as("messages, none twice").isEqualTo(3);

      shop.restartDatabase();
      shop.execute("UPDATE public.products SET name = '3' WHERE sku = 'kept'");
      shop.await(4);

      assertThat(capture.stop()).isTrue();
      long before = shop.messages();
      shop.execute(
          "SELECT pg_drop_replication_slot('assay')",
          "UPDATE public.products SET name = '4' WHERE sku = 'kept'",
          "DELETE FROM public.products WHERE sku = 'gone'");
      shop.capture(EAGER);
      shop.await(before + 1);
      assertThat(shop.log()).contains("Last recorded offset is no longer available on the server");

      ProjectRun run = new ProjectRun(TestSpark.session(), shop.project());
      run.run();
      assertThat(shop.current(run)).containsExactly("gone 1", "kept 4");
      shop.execute(
          "BEGIN; INSERT INTO public.products (sku) VALUES ('gone');"
              + " DELETE FROM public.products WHERE sku = 'gone'; COMMIT");
      shop.await(before + 4);
      run.run();
      assertThat(shop.current(run)).containsExactly("kept 4");
      assertThat(run.discrepancies()).isEmpty();
    }
  }

  /** The way in which the documentation begins a capture of a busy table. */
  private static CaptureProcess startedWhileWritersWait(CapturedShop shop) throws Exception {
    try (Connection connection = shop.server().connect(CapturedProducts.DATABASE);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE public.products IN SHARE MODE");
      CaptureProcess capture = shop.capture(EAGER);
      shop.await(2);
      connection.rollback();
      return capture;
    }
  }

  @Test
  void whatIsWronglyConfiguredEndsWithFourAndSaysWhat() throws Exception {
    CaptureProcess.Ended unknown =
        CaptureProcess.refused(folder, Map.of("database.password", "${env:NO_SUCH_VARIABLE}"));
    assertThat(unknown.status()).isEqualTo(4);
    assertThat(unknown.log()).contains("nothing is known of ${env:NO_SUCH_VARIABLE}");
    CaptureProcess.Ended avro =
        CaptureProcess.refused(
            folder, Map.of("value.converter", "io.confluent.connect.avro.AvroConverter"));
    assertThat(avro.status()).isEqualTo(4);
    assertThat(avro.log()).contains("this server writes JSON alone").doesNotContain("\tat ");
  }
}
