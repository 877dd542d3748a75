package io.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.batch.PastStates;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.quality.measure.KnownRows;
import io.assay.table.BatchCommit;
import io.assay.table.SavedStates;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that {@code silver.X} had before a batch that appends to it, as its intent pins them.
 *
 * @param silver the log of the table that the intent is about
 */
record EarlierRows(TableLog silver, BatchLedger ledger, Intent intent) {

  /**
   * What is known of them. What earlier batches kept counts only as long as nobody else changed the
   * table.
   */
  KnownRows known(Contract contract) {
    TableName table = intent.table();
    TableState before = intent.pinned(table);
    if (!before.exists()) {
      return new KnownRows(Optional.empty(), Optional.empty());
    }
    Optional<SavedStates> saved =
        new PastStates(ledger, intent.batch(), table)
            .newest()
            .filter(known -> untouched(known.by(), before))
            .map(PastStates.Known::states);
    return new KnownRows(saved, Optional.of(() -> rows(before, contract.columns())));
  }

  /**
   * Whether the table has what a batch had pinned and added, and nothing else. The version that the
   * batch recorded would not tell: others may have written between its intent and its end.
   */
  private boolean untouched(FinishedBatch left, TableState now) {
    Intent of = left.intent();
    Optional<BatchCommit> own =
        left.end().written().containsKey(of.table())
            ? Optional.of(new BatchCommit(of.application(AppendPublication.STEP), of.batch()))
            : Optional.empty();
    return silver.changedOnlyBy(own, of.pinned(of.table()), now);
  }

  /** With the types of now; what the table does not have yet is null. */
  private Dataset<Row> rows(TableState before, List<ContractColumn> columns) {
    Dataset<Row> stored = silver.read(before.version());
    Set<String> there = Stream.of(stored.columns()).collect(Collectors.toSet());
    return stored.select(
        columns.stream()
            .map(
                column ->
                    (there.contains(column.name()) ? col(column.name()) : lit(null))
                        .cast(column.type())
                        .as(column.name()))
            .toArray(Column[]::new));
  }
}
