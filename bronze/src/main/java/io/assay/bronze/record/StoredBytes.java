package io.assay.bronze.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes as the store delivers them. A failure of the store leaves this class unchecked, so that
 * it is never taken for a corrupt archive, which fails in the decoder above.
 */
final class StoredBytes extends FilterInputStream {
  StoredBytes(InputStream in) {
    super(in);
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new SourceFailure(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new SourceFailure(e);
    }
  }
}
