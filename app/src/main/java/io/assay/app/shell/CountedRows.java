package io.assay.app.shell;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Row;

/** Rows as they are read, up to a limit, until somebody stops it. */
final class CountedRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final int most;
  private final BooleanSupplier stopped;
  private long count;

  /**
   * @param most how many rows there are to be at most; 0 for all
   * @param stopped asked before each row
   */
  CountedRows(Iterator<Row> rows, int most, BooleanSupplier stopped) {
    this.rows = rows;
    this.most = most;
    this.stopped = stopped;
  }

  @Override
  public boolean hasNext() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
    return (most == 0 || count < most) && rows.hasNext();
  }

  @Override
  public Row next() {
    count++;
    return rows.next();
  }

  /** How many were read. */
  long count() {
    return count;
  }

  /** Whether there are more than the limit. */
  boolean cut() {
    return most > 0 && count == most && rows.hasNext();
  }
}
