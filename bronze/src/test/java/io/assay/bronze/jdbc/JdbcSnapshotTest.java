package io.assay.bronze.jdbc;

import static io.assay.bronze.jdbc.Tables.snapshots;
import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.job.Pending;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table as a whole, again and again. */
class JdbcSnapshotTest {
  private static final PostgresServer POSTGRES = PostgresServer.shared();

  @TempDir Path folder;

  @Test
  void aSnapshotIsOneBatchWithItsTimeInItsOriginAndTheNextOneComesWhenItIsDue() throws Exception {
    POSTGRES.create("snapshots");
    POSTGRES.execute(
        "snapshots",
        "CREATE TABLE stock AS SELECT i AS id, i * 2 AS amount FROM generate_series(1, 50) i");
    Tables tables =
        Tables.of(folder, "snapshots", snapshots("public.stock", "P3650D", "id")).inBatchesOf(5);
    assertThat(tables.pending()).isEqualTo(new Pending.Records(50));
    assertThat(tables.run().account()).isEqualTo(Account.appended(50));
    assertThat(tables.pending()).isEqualTo(new Pending.Nothing());
    assertThat(tables.run().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(tables.project.rows().select("_source.origin", "_batch").distinct().count()).isOne();
    assertThat(tables.project.rows("_source.origin").get(0))
        .matches("\\[shop/public.stock@20[0-9-]{8}T[0-9:]{8}[.][0-9]{6}Z]");

    POSTGRES.execute("snapshots", "DELETE FROM stock WHERE id > 1");
    Thread.sleep(20);
    Tables often = tables.reading(snapshots("public.stock", "PT0.01S", "id"));
    assertThat(often.run().account()).isEqualTo(Account.appended(1));
    POSTGRES.execute("snapshots", "DELETE FROM stock");
    Thread.sleep(20);
    assertThat(often.run().account()).isEqualTo(Account.appended(0));
    assertThat(tables.project.rows("_batch")).filteredOn("[2]"::equals).hasSize(1);
  }
}
