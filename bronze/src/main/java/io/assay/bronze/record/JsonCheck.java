package io.assay.bronze.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Judges whether a text is one JSON document as RFC 8259 defines it. Duplicate keys are allowed;
 * the text itself is kept as it came, so that no number loses a digit.
 */
final class JsonCheck {
  private final JsonFactory factory;
  private final String tooDeep;

  JsonCheck(int depth) {
    this.tooDeep = Problems.tooDeep(depth);
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
    Optional<String> problem = problem(text);
    return problem.isEmpty()
        ? FileRecord.good(ordinal, text)
        : FileRecord.bad(
            ordinal, 1, problem.get(), shown(problem.get()) ? text : record.reference());
  }

  /** Why a text is no document within the bounds; empty if it is one. */
  Optional<String> problem(String text) {
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        return malformed(1);
      }
      parser.skipChildren();
      return parser.nextToken() == null
          ? Optional.empty()
          : malformed(parser.getTokenLocation().getCharOffset() + 1);
    } catch (StreamConstraintsException e) {
      return Optional.of(tooDeep);
    } catch (JsonProcessingException e) {
      return malformed(e.getLocation().getCharOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a text with this problem is kept as it is; else only a reference to it is. */
  boolean shown(String problem) {
    return !problem.equals(tooDeep);
  }

  static boolean isSpace(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  private static Optional<String> malformed(long character) {
    return Optional.of(Problems.malformedJson(character));
  }
}
