package io.assay.batch;

import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a job did.
 *
 * @param table the job's target
 * @param account the sum over its batches
 * @param version the target's Delta version afterwards; empty if it was never created or the job
 *     did not get that far
 * @param exitCode what the job alone would end a process with
 * @param notes for people: why it is held, which files were refused
 */
public record BatchResult(
    TableName table,
    Outcome outcome,
    Account account,
    OptionalLong version,
    ExitCode exitCode,
    List<String> notes) {
  public BatchResult {
    notes = List.copyOf(notes);
  }
}
