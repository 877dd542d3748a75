package io.assay.batch;

import io.assay.table.TableName;
import io.assay.table.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a batch ended. {@code DONE} is the commit point of the position; {@code ABANDONED} gives the
 * number up without having written anything.
 *
 * @param account what became of every event; empty terms for an abandoned batch
 * @param written the state of each table a step wrote, after it
 * @param notes for people
 * @param schema what it knows of columns; empty of an abandoned batch, and where none are noted
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
    List<String> notes,
    Optional<SchemaNote> schema) {

  /** What was written before columns were noted has none. */
  public BatchEnd {
    schema = schema == null ? Optional.empty() : schema;
  }

  /** The changes of columns that it met. */
  public List<ColumnChange> changes() {
    return schema.map(SchemaNote::changes).orElse(List.of());
  }

  /** How. */
  public enum Kind {
    DONE,
    ABANDONED
  }
}
