package io.assay.bronze.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.assay.bronze.record.BoundedBytes;
import io.assay.bronze.record.Message;
import io.assay.http.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One page of an answer.
 *
 * @param message its text, or why it could not be read
 * @param document its values; missing where it could not be read, or is empty
 * @param records in their order
 */
record Page(
    Answer<BoundedBytes> answer, Message message, JsonNode document, List<JsonNode> records) {
  private static final int NO_CONTENT = 204;

  /**
   * Reads an answer.
   *
   * @param place where the array of records stands; empty if it is the document
   */
  static Page of(Answer<BoundedBytes> answer, Documents documents, Optional<JsonPlace> place) {
    if (answer.status() == NO_CONTENT || answer.body().size() == 0) {
      return new Page(answer, Message.GOOD, MissingNode.getInstance(), List.of());
    }
    Message message = documents.message(answer.body());
    Optional<JsonNode> document = documents.tree(message);
    if (document.isEmpty()) {
      return unreadable(answer, message, "a number is too long");
    }
    JsonNode records = place.map(at -> at.in(document.get())).orElse(document.get());
    if (place.isPresent() && !records.isArray() && !records.isNull()) {
      return unreadable(answer, message, "no array at " + String.join(".", place.get().names()));
    }
    return new Page(answer, message, document.get(), elements(records));
  }

  private static Page unreadable(Answer<BoundedBytes> answer, Message message, String problem) {
    return new Page(
        answer,
        message.problem() == null ? new Message(null, problem, message.text()) : message,
        MissingNode.getInstance(),
        List.of());
  }

  private static List<JsonNode> elements(JsonNode records) {
    if (records.isNull()) {
      return List.of();
    }
    return records.isArray()
        ? StreamSupport.stream(records.spliterator(), false).toList()
        : List.of(records);
  }

  boolean isUnreadable() {
    return message.problem() != null;
  }
}
