package io.assay.bronze.jdbc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a result, fetched and decoded by a thread of their own while the task writes those
 * before: one statement is read by one task, which would else do both in turn. It is at most three
 * blocks ahead; each has at most as many rows as the driver fetches at once.
 */
final class ReadAhead implements Iterator<InternalRow>, AutoCloseable {
  private static final int BLOCKS = 2;
  private static final int LARGEST_BLOCK = 500;
  private static final long PATIENCE_MILLIS = 1_000;

  private final ResultRows rows;
  private final int blockSize;
  private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
  private final Thread reader;
  private Iterator<InternalRow> block = List.<InternalRow>of().iterator();
  private boolean last;
  private boolean started;

  /**
   * @param fetchSize how many rows the driver fetches at once
   */
  ReadAhead(ResultRows rows, int fetchSize) {
    this.rows = rows;
    this.blockSize = Math.max(1, Math.min(fetchSize, LARGEST_BLOCK));
    this.reader = new Thread(this::read, "assay-jdbc-read-ahead");
    reader.setDaemon(true);
  }

  /**
   * Some rows.
   *
   * @param failure what ended the reading behind them; null if nothing did
   * @param last whether none follow
   */
  private record Block(List<InternalRow> rows, Throwable failure, boolean last) {}

  @Override
  public boolean hasNext() {
    while (!block.hasNext() && !last) {
      Block next = take();
      block = next.rows().iterator();
      last = next.last();
      if (next.failure() instanceof Error error) {
        throw error;
      } else if (next.failure() instanceof RuntimeException failure) {
        throw failure;
      }
    }
    return block.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return block.next();
  }

  /** Ends the reading, wherever it is, and gives the connection back. */
  @Override
  public void close() {
    last = true;
    reader.interrupt();
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (reader.isAlive()) {
      rows.abort(); // It waits for the database.
    }
  }

  private Block take() {
    if (!started) {
      started = true;
      reader.start();
    }
    try {
      return blocks.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (rows) {
      List<InternalRow> read = new ArrayList<>(blockSize);
      try {
        while (rows.hasNext()) {
          read.add(rows.next());
          if (read.size() == blockSize) {
            blocks.put(new Block(read, null, false));
            read = new ArrayList<>(blockSize);
          }
        }
        blocks.put(new Block(read, null, true));
      } catch (RuntimeException | Error e) {
        // The task throws it where it would have, had it read the rows itself.
        blocks.put(new Block(List.of(), e, true));
      }
    } catch (InterruptedException e) {
      // The task has ended; nobody waits for rows any more.
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The connection could not be closed: it is gone, and nothing was written through it.
      return;
    }
  }
}
