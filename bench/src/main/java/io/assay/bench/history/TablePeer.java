package io.assay.bench.history;

import io.assay.bench.Comparison;
import io.assay.bench.LinkedCopy;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A peer whose tables are a copy of a folder, a new one for every run. */
abstract class TablePeer implements Comparison.Peer {
  private final Path base;
  private final Path runs;
  private int run;

  /**
   * @param base the tables before the batch; never written to
   * @param runs where the copies go
   */
  TablePeer(Path base, Path runs) {
    this.base = base;
    this.runs = runs;
  }

  @Override
  public final void restore() throws IOException {
    LinkedCopy.remove(folder());
    // Delta remembers tables by path, so another path makes sure that nothing is remembered.
    run++;
    LinkedCopy.make(base, folder());
    open();
  }

  @Override
  public final Object result() {
    return Fingerprint.of(history().select(Fingerprint.columns()));
  }

  /** Where the tables of this run are. */
  final Path folder() {
    return runs.resolve(getClass().getSimpleName() + "-" + run);
  }

  /** Makes the tables' newest state known, as in a process that has been at work before. */
  abstract void open();

  /** The history as it is now, with {@link Fingerprint#columns}. */
  abstract Dataset<Row> history();
}
