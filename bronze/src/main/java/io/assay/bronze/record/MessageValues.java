package io.assay.bronze.record;

import io.assay.config.Source;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** Reads the values of messages: whole records that come as bytes, one at a time. */
public final class MessageValues implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final char REPLACEMENT = '\uFFFD';

  private final MessageRules rules;
  private final AvroSchemas schemas;
  private transient JsonCheck json;
  private transient AvroValues avro;

  /**
   * @param schemas of values in Avro that name theirs
   */
  public MessageValues(MessageRules rules, AvroSchemas schemas) {
    this.rules = rules;
    this.schemas = schemas;
  }

  /**
   * What becomes of a value. A binary one that is kept has no text.
   *
   * @param bytes null where the message has no value
   */
  public Message read(byte[] bytes) {
    if (bytes == null) {
      return Message.bad(Problems.NO_VALUE, null);
    } else if (bytes.length > rules.recordBytes()) {
      return Message.bad(Problems.overLimit(rules.recordBytes()), reference(bytes));
    } else if (rules.format() == Source.MessageFormat.BYTES) {
      return Message.good(null);
    } else if (rules.format() == Source.MessageFormat.AVRO) {
      return avro(bytes);
    }
    String text = decoded(bytes);
    if (isUndecodable(text, bytes)) {
      return Message.bad(Problems.undecodable(StandardCharsets.UTF_8), spelledOut(bytes));
    }
    return rules.format() == Source.MessageFormat.JSON ? document(text, bytes) : Message.good(text);
  }

  /**
   * What becomes of a value whose message has a time that no timestamp can hold. It is kept with
   * that problem, so that neither is lost.
   *
   * @param bytes null where the message has no value
   * @param time in milliseconds since 1970
   */
  public Message misdated(byte[] bytes, long time) {
    Message read = read(bytes);
    return Message.bad(
        Problems.beyondTime(time), read.problem() == null ? shown(bytes) : read.raw());
  }

  /** Bytes as people read them: UTF-8, and what is not as {@code \xE9}. */
  public static String readable(byte[] bytes) {
    String text = decoded(bytes);
    return isUndecodable(text, bytes) ? spelledOut(bytes) : text;
  }

  private String shown(byte[] bytes) {
    return rules.format() == Source.MessageFormat.AVRO
        ? Base64.getEncoder().encodeToString(bytes)
        : readable(bytes);
  }

  private Message document(String text, byte[] bytes) {
    if (json == null) {
      json = new JsonCheck(rules.depth());
    }
    return json.problem(text)
        .map(problem -> Message.bad(problem, json.shown(problem) ? text : reference(bytes)))
        .orElseGet(() -> Message.good(text));
  }

  private Message avro(byte[] bytes) {
    if (avro == null) {
      avro = new AvroValues(rules, schemas);
    }
    return avro.read(bytes);
  }

  private static String reference(byte[] bytes) {
    MessageDigest digest = RecordReference.digest();
    digest.update(bytes);
    return RecordReference.text(bytes.length, digest, beginning(bytes));
  }

  /** What is shown of a value that is not kept: whole characters. */
  static String beginning(byte[] bytes) {
    int end = Math.min(bytes.length, RecordReference.SHOWN);
    while (end > 0 && end < bytes.length && isContinuation(bytes[end])) {
      end--;
    }
    return readable(Arrays.copyOf(bytes, end));
  }

  private static boolean isContinuation(byte part) {
    return (part & 0xC0) == 0x80;
  }

  private static String decoded(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A text with the character that stands for bad bytes may also have come with it. */
  private static boolean isUndecodable(String text, byte[] bytes) {
    return text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
  }

  private static String spelledOut(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer left = ByteBuffer.wrap(bytes);
    CharBuffer characters = CharBuffer.allocate(bytes.length);
    StringBuilder text = new StringBuilder();
    CoderResult result;
    do {
      result = decoder.decode(left, characters.clear(), true);
      text.append(characters.flip());
      for (int i = 0; result.isError() && i < result.length(); i++) {
        text.append("\\x%02X".formatted(left.get()));
      }
    } while (!result.isUnderflow());
    return text.toString();
  }
}
