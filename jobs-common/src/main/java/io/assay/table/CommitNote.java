package io.assay.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.CommitInfo;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** What a commit says of itself, as {@link CommitTag#userMetadata}. */
final class CommitNote {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommitNote() {}

  /** The note among a commit's actions; missing where there is none that is ours. */
  static JsonNode of(Seq<Action> actions) {
    return JavaConverters.seqAsJavaList(actions).stream()
        .filter(CommitInfo.class::isInstance)
        .map(action -> ((CommitInfo) action).userMetadata())
        .filter(Option::isDefined)
        .map(note -> parsed(note.get()))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /** Who else commits may note anything. */
  private static JsonNode parsed(String note) {
    try {
      return JSON.readTree(note);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
