package io.assay.app.spec;

import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * One case of a test file.
 *
 * @param file relative to the project's folder
 * @param line where it begins
 * @param given what each table holds before a job runs, batch by batch
 * @param run the jobs to run; empty: those that lie between what is given and what is expected
 * @param expected what each table holds afterwards
 * @param held the rules that hold each job's batch
 * @param account terms of each job's account, over all its batches
 */
record SpecCase(
    String file,
    int line,
    String name,
    Map<TableName, List<Batch>> given,
    Set<TableName> run,
    Map<TableName, ExpectedRows> expected,
    Map<TableName, List<String>> held,
    Map<TableName, Map<String, Long>> account) {

  /** Rows that are written at once. */
  record Batch(StructType schema, List<Row> rows) {}

  /**
   * Rows of a table, in any order.
   *
   * @param columns those that are compared
   * @param rows values as {@link Values} writes them
   */
  record ExpectedRows(List<String> columns, List<List<String>> rows) {}

  /** How many rounds of batches there are. */
  int rounds() {
    return given.values().stream().mapToInt(List::size).max().orElse(1);
  }
}
