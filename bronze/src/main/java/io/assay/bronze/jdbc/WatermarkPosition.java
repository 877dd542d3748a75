package io.assay.bronze.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.batch.LedgerJson;
import java.io.UncheckedIOException;

/**
 * How far a table was read.
 *
 * @param watermark what later overlaps are counted from: the end, but no time that has not come
 * @param end the greatest watermark that was read
 * @param window count and hash of the rows from the overlap on to the end, when the batch was
 *     planned: as long as it is the same, nothing came late
 */
record WatermarkPosition(String watermark, String end, String window) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As a span has it. */
  String text() {
    return LedgerJson.text(this);
  }

  static WatermarkPosition of(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return LedgerJson.value(tree, WatermarkPosition.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
