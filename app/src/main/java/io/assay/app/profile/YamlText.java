package io.assay.app.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.UncheckedIOException;

/** Writes YAML for people: with as few quotes as leave its meaning alone. */
final class YamlText {
  private static final ObjectMapper PLAIN =
      new ObjectMapper(factory().enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));
  private static final ObjectMapper QUOTED = new ObjectMapper(factory());

  private YamlText() {}

  /** The document as text that is read back as the same. */
  static String of(JsonNode document) {
    try {
      String plain = PLAIN.writeValueAsString(document);
      return PLAIN.readTree(plain).equals(document) ? plain : QUOTED.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static YAMLFactory factory() {
    return YAMLFactory.builder()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
        .build();
  }
}
