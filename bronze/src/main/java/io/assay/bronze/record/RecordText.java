package io.assay.bronze.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The text of the record being read. Up to a limit it is kept; beyond, only its beginning, its size
 * and its hash are, so that a record of any size costs the same memory.
 */
final class RecordText {
  private static final int CHUNK = 8192;

  private final long limit;
  private char[] chars = new char[256];
  private int length;
  private long bytes;
  private final BitSet undecodable = new BitSet();
  private boolean over;
  private String beginning = "";
  private MessageDigest digest;

  /**
   * @param limit in bytes of UTF-8
   */
  RecordText(long limit) {
    this.limit = limit;
  }

  void clear() {
    length = 0;
    bytes = 0;
    undecodable.clear();
    over = false;
  }

  void add(int character) {
    char c = (char) character;
    bytes += size(c);
    if (!over && bytes > limit) {
      startHashing();
    }
    if (length == chars.length) {
      makeRoom();
    }
    if ((character & TextInput.UNDECODABLE) != 0) {
      undecodable.set(length);
    }
    chars[length++] = c;
  }

  /** How many more bytes can be kept. */
  long room() {
    return over ? 0 : limit - bytes;
  }

  /** Adds ASCII characters, for which there is room. */
  void addAscii(char[] characters, int from, int to) {
    int more = to - from;
    while (length + more > chars.length) {
      makeRoom();
    }
    System.arraycopy(characters, from, chars, length, more);
    length += more;
    bytes += more;
  }

  /** Whether one more character can still be kept. */
  boolean fits(int character) {
    return bytes + size((char) character) <= limit;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  boolean overLimit() {
    return over;
  }

  boolean undecodable() {
    return !undecodable.isEmpty();
  }

  /** Shortens the text by the white space at its end. */
  void dropTrailingSpace() {
    while (!over && length > 0 && JsonCheck.isSpace(chars[length - 1])) {
      length--;
      bytes--;
    }
  }

  /** How many characters there are; without meaning over the limit. */
  int length() {
    return length;
  }

  char at(int index) {
    return chars[index];
  }

  String text() {
    return text(0, length);
  }

  String text(int from, int to) {
    return new String(chars, from, to - from);
  }

  /** Characters of a text within the limit, as they were read. */
  int[] characters(int from, int to) {
    int[] characters = new int[to - from];
    for (int i = from; i < to; i++) {
      characters[i - from] = undecodable.get(i) ? chars[i] | TextInput.UNDECODABLE : chars[i];
    }
    return characters;
  }

  /** Keeps only the first characters of a text within the limit. */
  void truncate(int to) {
    for (int i = to; i < length; i++) {
      bytes -= size(chars[i]);
    }
    undecodable.clear(to, Math.max(to, length));
    length = to;
  }

  /** The characters kept at present; for tests of the bound. */
  int capacity() {
    return chars.length;
  }

  /** Says which record it was, without holding it: size, SHA-256 and the first KiB, as JSON. */
  String reference() {
    if (!over) {
      startHashing();
    }
    hash(length);
    return RecordReference.text(bytes, digest, beginning);
  }

  private void startHashing() {
    over = true;
    digest = RecordReference.digest();
    beginning = beginning();
    hash(length);
    chars = Arrays.copyOf(chars, CHUNK);
  }

  private String beginning() {
    int end = 0;
    for (int size = 0; end < length; end++) {
      size += size(chars[end]);
      if (size > RecordReference.SHOWN) {
        break;
      }
    }
    return text(0, endOfWhole(end));
  }

  private void makeRoom() {
    if (over) {
      hash(length);
    } else {
      long wanted = Math.min(2L * chars.length, Math.max(limit, chars.length + 1L));
      chars = Arrays.copyOf(chars, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  /** Hashes the characters up to an end, holding back the first half of a surrogate pair. */
  private void hash(int end) {
    int whole = endOfWhole(end);
    digest.update(text(0, whole).getBytes(StandardCharsets.UTF_8));
    System.arraycopy(chars, whole, chars, 0, length - whole);
    length -= whole;
  }

  private int endOfWhole(int end) {
    return end > 0 && Character.isHighSurrogate(chars[end - 1]) ? end - 1 : end;
  }

  private static int size(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
