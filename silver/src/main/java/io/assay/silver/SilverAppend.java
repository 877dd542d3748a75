package io.assay.silver;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.Analysis;
import io.assay.table.CommitTag;
import io.assay.table.TableAppend;
import io.assay.table.TableDescription;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import io.assay.table.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends rows to a table in one commit, creating it first if need be. */
final class SilverAppend {
  private final Warehouse warehouse;
  private final TableName table;
  private final Optional<String> comment;
  private final Set<String> personal;

  /**
   * @param comment of the table, when it is created; empty for none
   * @param personal the top-level columns that hold personal data
   */
  SilverAppend(
      Warehouse warehouse, TableName table, Optional<String> comment, Set<String> personal) {
    this.warehouse = warehouse;
    this.table = table;
    this.comment = comment;
    this.personal = Set.copyOf(personal);
  }

  /** Commits the rows; columns the table does not have yet are added to it. */
  void commit(Dataset<Row> rows, CommitTag tag) {
    Analysis.run(
        () -> new TableAppend(warehouse, table).commit(rows, description(rows), tag),
        problem ->
            new AssayException(
                ExitCode.FAILURE,
                "%s has other types than its contract has now (%s); give a changed column a new name, or rebuild the table"
                    .formatted(table, Analysis.reason(problem)),
                problem));
  }

  private TableDescription description(Dataset<Row> rows) {
    return new TableDescription(
        comment, List.of(), TableProperties.appended(TableProperties.of(rows.schema(), personal)));
  }
}
