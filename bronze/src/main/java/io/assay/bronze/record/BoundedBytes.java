package io.assay.bronze.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A record's bytes as they come, piece by piece. Up to a limit they are kept; beyond, only their
 * beginning, number and hash are, so that a record of any size costs the same memory.
 */
public final class BoundedBytes {
  private final long limit;
  private final MessageDigest digest = RecordReference.digest();
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long size;

  /**
   * @param limit the most bytes of a record that is kept
   */
  public BoundedBytes(long limit) {
    this.limit = limit;
  }

  /** Takes all that is left in the buffer. */
  public void add(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    size += bytes.length;
    digest.update(bytes);
    // One byte more than is shown tells whether a character ends there.
    int shown = Math.min(bytes.length, RecordReference.SHOWN + 1 - beginning.size());
    beginning.write(bytes, 0, shown);
    if (size > limit) {
      kept = null;
    } else {
      kept.write(bytes, 0, bytes.length);
    }
  }

  /** How many there were, kept or not. */
  public long size() {
    return size;
  }

  /** The record that they are. Called once, after the last piece. */
  public Message read(MessageValues values) {
    return kept == null
        ? Message.bad(
            Problems.overLimit(limit),
            RecordReference.text(size, digest, MessageValues.beginning(beginning.toByteArray())))
        : values.read(kept.toByteArray());
  }
}
