package io.assay.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What makes a write of a batch idempotent and traceable: Delta keeps, per application id, the
 * greatest number it has seen, and skips a write that repeats it.
 *
 * @param application {@code pipeline/table/step/epoch}
 * @param batch the batch number; grows within an application
 * @param userMetadata JSON for the commit's {@code userMetadata}: run, batch and, on the visible
 *     step, the account
 */
public record CommitTag(String application, long batch, String userMetadata) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The same tag with one more field in the metadata.
   *
   * @param value read again with {@link TableLog#note}
   */
  public CommitTag noting(String field, JsonNode value) {
    try {
      ObjectNode note = (ObjectNode) JSON.readTree(userMetadata);
      return new CommitTag(application, batch, note.set(field, value).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a JSON object: " + userMetadata, e);
    }
  }

  /** The options that {@code DataFrameWriter} takes. */
  public Map<String, String> writerOptions() {
    return Map.of(
        "txnAppId", application,
        "txnVersion", Long.toString(batch),
        "userMetadata", userMetadata);
  }

  /**
   * The same as session settings, for statements such as MERGE. Set them on a session of your own.
   */
  public Map<String, String> sessionSettings() {
    return Map.of(
        "spark.databricks.delta.write.txnAppId", application,
        "spark.databricks.delta.write.txnVersion", Long.toString(batch),
        "spark.databricks.delta.commitInfo.userMetadata", userMetadata);
  }

  /**
   * The application id of a step: {@code pipeline/table/step/epoch}.
   *
   * @param pipeline the project's name
   */
  public static String application(String pipeline, TableName table, String step, int epoch) {
    return "%s/%s/%s/%d".formatted(pipeline, table, step, epoch);
  }
}
