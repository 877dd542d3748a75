package io.assay.bronze.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is kept of a record that is not kept itself: size, SHA-256 and the first KiB, as JSON. */
final class RecordReference {
  /** How much of the record is shown, in bytes. */
  static final int SHOWN = 1024;

  private RecordReference() {}

  /** What the record's bytes are fed to. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param bytes the record's size
   * @param digest fed with all of it
   * @param start its beginning, as far as it is shown
   */
  static String text(long bytes, MessageDigest digest, String start) {
    return "{\"bytes\":%d,\"sha256\":\"%s\",\"start\":\"%s\"}"
        .formatted(
            bytes,
            HexFormat.of().formatHex(digest.digest()),
            new String(JsonStringEncoder.getInstance().quoteAsString(start)));
  }
}
