package io.assay.bronze.record;

/**
 * The value of one message.
 *
 * @param text null where there is a problem, and of a binary value
 * @param problem why it could not be read as declared; null for a good one
 * @param raw what came, where there is a problem, or a reference to it; else null
 */
public record Message(String text, String problem, String raw) {

  /** A good one whose text is not asked for. */
  public static final Message GOOD = good(null);

  static Message good(String text) {
    return new Message(text, null, null);
  }

  static Message bad(String problem, String raw) {
    return new Message(null, problem, raw);
  }
}
