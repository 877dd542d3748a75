package io.assay.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.assay.table.CommitTag;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.time.Instant;
import java.util.Map;

/**
 * What a batch is going to do, written before it does anything: enough to do it again, the same
 * way, after a crash.
 *
 * @param pipeline the project's name when it was planned, part of every transaction's identity
 * @param table whose batch it is
 * @param epoch restarts of the numbering's meaning: restore, rebuild, a recreated input
 * @param batch the number; strictly increasing per table, never reused for other content
 * @param runId the run that planned it
 * @param clock the batch's time; the only "now" a transform may use
 * @param input what it reads
 * @param pins the state, before the batch, of every other table it looks at
 * @param configuration the resolved configuration it runs with
 * @param decision what a person decided about it
 */
public record Intent(
    String pipeline,
    TableName table,
    int epoch,
    long batch,
    String runId,
    Instant clock,
    BatchInput input,
    Map<TableName, TableState> pins,
    JsonNode configuration,
    Decision decision) {

  /** Delta's application id of a step: a write is done once per number under it. */
  public String application(String step) {
    return CommitTag.application(pipeline, table, step, epoch);
  }

  /** Whether a person decided that nothing of the batch is published. */
  @JsonIgnore
  public boolean rejected() {
    return decision.rejection().isPresent();
  }

  /** The pinned state of a look-up table. */
  public TableState pinned(TableName lookUp) {
    return pins.getOrDefault(lookUp, TableState.ABSENT);
  }
}
