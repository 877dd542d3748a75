package io.assay.bronze.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Judges whether a text is one JSON document as RFC 8259 defines it. Duplicate keys are allowed;
 * the text itself is kept as it came, so that no number loses a digit.
 */
final class JsonCheck {
  private final JsonFactory factory;
  private final int depth;

  JsonCheck(int depth) {
    this.depth = depth;
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(depth)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
  }

  /** The record for a text that is within its limit and decodable. */
  FileRecord toRecord(long ordinal, RecordText record) {
    String text = record.text();
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        return malformed(ordinal, text, 1);
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        return malformed(ordinal, text, parser.getTokenLocation().getCharOffset() + 1);
      }
      return FileRecord.good(ordinal, text);
    } catch (StreamConstraintsException e) {
      return FileRecord.bad(ordinal, 1, Problems.tooDeep(depth), record.reference());
    } catch (JsonProcessingException e) {
      return malformed(ordinal, text, e.getLocation().getCharOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isSpace(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  private static FileRecord malformed(long ordinal, String text, long character) {
    return FileRecord.bad(ordinal, 1, Problems.malformedJson(character), text);
  }
}
