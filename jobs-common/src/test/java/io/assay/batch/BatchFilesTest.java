package io.assay.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFilesTest {
  @TempDir Path folder;

  @Test
  void theNewestBatchIsFoundWhoeverBeganItAndAcrossFolders() {
    BatchFiles known = files();
    BatchFiles other = files();

    assertThat(known.newest()).isZero();

    begin(other, 1);
    assertThat(known.newest()).isEqualTo(1);

    // Who has the lease is the only one to begin batches.
    BatchFiles leased = new BatchFiles(store(), path(), true);
    assertThat(leased.newest()).isEqualTo(1);

    // Others go on while this one knows an older number.
    for (long batch = 2; batch <= 1001; batch += 1) {
      begin(other, batch);
    }
    store().create(other.file(1001, ".end.json"), new byte[0]);
    assertThat(known.newest()).isEqualTo(1001);
    assertThat(other.newest()).isEqualTo(1001);
    assertThat(leased.newest()).isEqualTo(1);
    leased.begun(1001);
    assertThat(leased.newest()).isEqualTo(1001);
    assertThat(files().newest()).isEqualTo(1001);
    assertThat(known.file(1001, ".end.json").toString()).endsWith("/000001/0000001001.end.json");
  }

  @Test
  void aFolderWithoutAnIntentSaysNothing() {
    BatchFiles files = files();
    begin(files, 1);
    store().create(files.file(1000, ".end.json"), new byte[0]);

    assertThat(files().newest()).isEqualTo(1);
  }

  private void begin(BatchFiles files, long batch) {
    assertThat(store().create(files.file(batch, BatchFiles.INTENT), new byte[0])).isTrue();
  }

  private BatchFiles files() {
    return new BatchFiles(store(), path(), false);
  }

  private LedgerStore store() {
    return new LedgerStore(path(), new Configuration());
  }

  private org.apache.hadoop.fs.Path path() {
    return new org.apache.hadoop.fs.Path(folder.resolve("batches").toUri());
  }
}
