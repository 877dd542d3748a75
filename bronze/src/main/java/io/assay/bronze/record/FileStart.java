package io.assay.bronze.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a text file.
 *
 * @param bytes decompressed
 * @param cut whether the file goes on behind them
 */
public record FileStart(byte[] bytes, boolean cut) {
  private static final int BYTES = 1 << 20;

  /**
   * Reads it.
   *
   * @param path the file's name, which tells the compression
   * @param stored its bytes; not closed
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static FileStart of(String path, InputStream stored) throws IOException {
    byte[] bytes = Decompression.open(path, new StoredBytes(stored)).readNBytes(BYTES + 1);
    boolean cut = bytes.length > BYTES;
    return new FileStart(cut ? java.util.Arrays.copyOf(bytes, BYTES) : bytes, cut);
  }

  /**
   * The character set: UTF-8 if the bytes are that, or begin with a byte order mark, which readers
   * go by; else the one that most files use that are not.
   */
  public String encoding() {
    boolean marked =
        bytes.length > 1
            && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    boolean valid =
        !decoder
            .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length + 1), !cut)
            .isError();
    return marked || valid ? "UTF-8" : "windows-1252";
  }

  /** The first character that is no white space and no byte order mark; 0 if there is none. */
  public char first() {
    String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    return text.isEmpty() ? 0 : text.charAt(0);
  }

  /** The first line that is not blank, without a byte order mark. */
  public String firstLine() {
    return new String(bytes, StandardCharsets.UTF_8)
        .replace("\uFEFF", "")
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("");
  }
}
