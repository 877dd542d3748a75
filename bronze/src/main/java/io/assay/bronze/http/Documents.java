package io.assay.bronze.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.assay.bronze.record.BoundedBytes;
import io.assay.bronze.record.Message;
import io.assay.bronze.record.MessageRules;
import io.assay.bronze.record.MessageValues;
import java.util.Optional;

/** Reads bodies as documents of JSON: the text that is kept, and the values in it. */
final class Documents {
  private final MessageValues values;
  private final JsonMapper mapper;

  Documents(MessageRules rules) {
    this.values = new MessageValues(rules, number -> Optional.empty());
    this.mapper =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(rules.depth())
                .maxStringLength(Integer.MAX_VALUE)
                .build());
  }

  /** The text of a body, or why there is none. */
  Message message(BoundedBytes body) {
    return body.read(values);
  }

  /** The values; empty where there is no text, or a number of a thousand digits. */
  Optional<JsonNode> tree(Message message) {
    if (message.text() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(mapper.readTree(message.text()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
