package io.assay.bronze.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The characters of a file. Bytes that the character set does not allow come as their hexadecimal
 * form, such as {@code \xE9}, each character marked {@link #UNDECODABLE}, so that one bad byte
 * costs one record and can still be read in it.
 */
final class TextInput implements Closeable {
  /** What {@link #read()} returns behind the last character. */
  static final int END = -1;

  /** Set on characters that stand for undecodable bytes. */
  static final int UNDECODABLE = 1 << 16;

  private static final int BUFFER = 1 << 16;

  private final InputStream stream;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer buffer = CharBuffer.allocate(BUFFER).flip();
  private final boolean empty;
  private boolean streamEnded;
  private boolean flushed;
  private int mark;
  private int[] unread = {};
  private int nextUnread;

  /**
   * @param declared the character set, unless a byte order mark says otherwise
   */
  TextInput(InputStream stream, Charset declared) throws IOException {
    this.stream = stream;
    while (bytes.remaining() < 3 && !streamEnded) {
      readBytes();
    }
    this.empty = !bytes.hasRemaining();
    this.decoder =
        afterByteOrderMark(declared)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Whether the file holds not a single byte. */
  boolean empty() {
    return empty;
  }

  /** The character set in use. */
  Charset charset() {
    return decoder.charset();
  }

  /** The next character, perhaps marked, or {@link #END}. */
  int read() throws IOException {
    if (nextUnread < unread.length) {
      return unread[nextUnread++];
    }
    if (!buffer.hasRemaining() && !fill()) {
      return END;
    }
    return buffer.get() | mark;
  }

  /**
   * Moves the ASCII characters that come next into a record, up to a line break or one of two
   * others, as far as they are at hand. It may move none: {@link #read()} tells what comes.
   */
  void readInto(RecordText record, int stop, int otherStop) {
    if (nextUnread < unread.length || mark != 0) {
      return;
    }
    char[] characters = buffer.array();
    int start = buffer.position();
    int end = start + (int) Math.min(buffer.remaining(), record.room());
    int at = start;
    while (at < end) {
      char c = characters[at];
      if (c >= 0x80 || c == '\n' || c == '\r' || c == stop || c == otherStop) {
        break;
      }
      at++;
    }
    record.addAscii(characters, start, at);
    buffer.position(at);
  }

  /** Takes back characters that were read last; they come again, before all others. */
  void unread(int... characters) {
    int rest = unread.length - nextUnread;
    int[] all = new int[characters.length + rest];
    System.arraycopy(characters, 0, all, 0, characters.length);
    System.arraycopy(unread, nextUnread, all, characters.length, rest);
    unread = all;
    nextUnread = 0;
  }

  /** Goes over the line feed that belongs to a carriage return just read. */
  void skipLineFeed() throws IOException {
    int next = read();
    if (next != '\n' && next != END) {
      unread(next);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private Charset afterByteOrderMark(Charset declared) {
    if (startsWith(0xEF, 0xBB, 0xBF)) {
      bytes.position(3);
      return StandardCharsets.UTF_8;
    }
    if (startsWith(0xFE, 0xFF)) {
      bytes.position(2);
      return StandardCharsets.UTF_16BE;
    }
    if (startsWith(0xFF, 0xFE)) {
      bytes.position(2);
      return StandardCharsets.UTF_16LE;
    }
    return declared;
  }

  private boolean startsWith(int... first) {
    if (bytes.remaining() < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((bytes.get(i) & 0xFF) != first[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    mark = 0;
    while (!flushed) {
      CoderResult result = decoder.decode(bytes, buffer, streamEnded);
      if (buffer.position() == 0 && result.isError()) {
        spellOut(result.length());
      } else if (buffer.position() == 0 && streamEnded) {
        flushed = true;
        decoder.flush(buffer);
      } else if (buffer.position() == 0) {
        readBytes();
      }
      if (buffer.position() > 0) {
        break;
      }
    }
    return buffer.flip().hasRemaining();
  }

  private void spellOut(int length) {
    mark = UNDECODABLE;
    for (int i = 0; i < length; i++) {
      buffer.put("\\x%02X".formatted(bytes.get()));
    }
  }

  private void readBytes() throws IOException {
    bytes.compact();
    int read = stream.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      streamEnded = true;
    } else {
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
  }
}
