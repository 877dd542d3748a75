package io.assay.bronze.record;

import java.nio.charset.Charset;

/** The texts of {@code _problem}. They are stable: rules and people's queries match them. */
final class Problems {
  static final String QUOTE_NOT_CLOSED = "quote not closed";
  static final String TEXT_AFTER_QUOTE = "text after closing quote";
  static final String NO_DOCUMENT = "malformed JSON: no document";
  static final String ARRAY_NOT_CLOSED = "malformed JSON: array not closed";
  static final String TEXT_AFTER_DOCUMENT = "malformed JSON: text after the end of the document";

  static final String NO_VALUE = "no value";
  static final String NO_WIRE_FORMAT = "malformed Avro: no zero and schema number in front";

  private Problems() {}

  static String overLimit(long limit) {
    return "record over " + limit + " bytes";
  }

  static String undecodable(Charset charset) {
    return "undecodable bytes: not " + charset.name();
  }

  static String ragged(int fields, boolean header, int expected) {
    return "ragged: %d field%s, %s has %d"
        .formatted(fields, fields == 1 ? "" : "s", header ? "header" : "contract", expected);
  }

  static String malformedJson(long character) {
    return "malformed JSON near character " + Math.max(1, character);
  }

  static String malformedAvro(String reason) {
    return "malformed Avro: " + reason;
  }

  static String unknownSchema(int number) {
    return "schema " + number + " is not known to the registry as one of Avro";
  }

  static String beyondTime(long time) {
    return "time beyond any timestamp: " + time + " ms since 1970";
  }

  static String tooDeep(int depth) {
    return "nested deeper than " + depth + " levels";
  }
}
