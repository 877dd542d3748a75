package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A set of records, told from others by its size and the sum of its members' hashes: the same
 * whatever their order, and however they are spread over pages.
 */
final class RecordSet {
  private long size;
  private long high;
  private long low;

  void add(JsonNode record) {
    add(record.toString());
  }

  void add(String text) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(text));
    size++;
    high += hash.getLong();
    low += hash.getLong();
  }

  void addAll(RecordSet others) {
    size += others.size;
    high += others.high;
    low += others.low;
  }

  long size() {
    return size;
  }

  /** The set that was such a text. */
  static RecordSet of(String text) {
    int colon = text.indexOf(':');
    RecordSet set = new RecordSet();
    set.size = Long.parseLong(text.substring(0, colon));
    set.high = Long.parseUnsignedLong(text.substring(colon + 1, colon + 17), 16);
    set.low = Long.parseUnsignedLong(text.substring(colon + 17), 16);
    return set;
  }

  /** Equal for equal sets. */
  String text() {
    return "%d:%016x%016x".formatted(size, high, low);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
