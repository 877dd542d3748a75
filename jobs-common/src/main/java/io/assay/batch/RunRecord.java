package io.assay.batch;

import io.assay.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one run did to one table, as {@code status} shows it.
 *
 * @param account the sum over the run's batches
 * @param version the table's Delta version afterwards; empty if unknown
 * @param notes for people
 */
public record RunRecord(
    TableName table,
    String runId,
    Instant finishedAt,
    Outcome outcome,
    Account account,
    OptionalLong version,
    List<String> notes) {

  /** The same under another name. */
  RunRecord named(String name) {
    return new RunRecord(table, name, finishedAt, outcome, account, version, notes);
  }
}
