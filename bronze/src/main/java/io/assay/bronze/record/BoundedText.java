package io.assay.bronze.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A text that is being written, in UTF-8, up to a size. */
final class BoundedText extends OutputStream {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final long limit;

  /**
   * @param limit in bytes
   */
  BoundedText(long limit) {
    this.limit = limit;
  }

  /** The text would be longer than its limit. */
  static final class Full extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void write(int part) throws Full {
    makeRoom(1);
    written.write(part);
  }

  @Override
  public void write(byte[] parts, int start, int length) throws Full {
    makeRoom(length);
    written.write(parts, start, length);
  }

  private void makeRoom(int length) throws Full {
    if (written.size() + (long) length > limit) {
      throw new Full();
    }
  }

  @Override
  public String toString() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
