package io.assay.bronze.file;

import io.assay.batch.BatchInput.SourceFile;
import io.assay.bronze.record.UnreadableFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file's bytes, as many as there were when it was listed. A writer that is still at work would
 * otherwise leave half a record in bronze, and the rest would never be read.
 */
final class ExpectedBytes extends FilterInputStream {
  private final SourceFile file;
  private long count;

  ExpectedBytes(SourceFile file, InputStream in) {
    super(in);
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    counted(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return (int) counted(in.read(buffer, offset, length));
  }

  @Override
  public long skip(long wanted) throws IOException {
    return counted(in.skip(wanted));
  }

  /**
   * @param bytes that were read; -1 behind the last
   */
  private long counted(long bytes) {
    count += Math.max(0, bytes);
    if (count > file.bytes() || (bytes < 0 && count < file.bytes())) {
      throw changed(file);
    }
    return bytes;
  }

  /** What to say of a file whose length is another than when it was listed. */
  static UnreadableFile changed(SourceFile file) {
    return UnreadableFile.unsettled(
        file.path(),
        "it changed while it was read: %d bytes were listed, and now there are more or less"
            .formatted(file.bytes()));
  }
}
