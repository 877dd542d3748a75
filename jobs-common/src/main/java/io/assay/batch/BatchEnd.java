package io.assay.batch;

import io.assay.table.TableName;
import io.assay.table.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a batch ended. {@code DONE} is the commit point of the position; {@code ABANDONED} gives the
 * number up without having written anything.
 *
 * @param account what became of every event; empty terms for an abandoned batch
 * @param written the state of each table a step wrote, after it
 * @param notes for people
 */
public record BatchEnd(
    Kind kind,
    TableName table,
    int epoch,
    long batch,
    String runId,
    Instant finishedAt,
    Account account,
    Map<TableName, TableState> written,
    List<String> notes) {

  /** How. */
  public enum Kind {
    DONE,
    ABANDONED
  }
}
