package io.assay.gold;

import io.assay.batch.Intent;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.SqlQuery;
import io.assay.sql.SqlSyntaxException;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A mart's query over the versions of its inputs that an intent names. */
record MartQuery(SparkSession spark, TableCatalog catalog, Intent intent) {

  /**
   * All its rows.
   *
   * @throws AssayException with exit code 4 if the query does not fit its tables, with 1 if one of
   *     them was made anew since
   */
  Dataset<Row> rows(MartDefinition definition) {
    return rows(definition, Map.of());
  }

  /**
   * The same over other rows of some tables.
   *
   * @param given by their names
   */
  Dataset<Row> rows(MartDefinition definition, Map<TableName, Dataset<Row>> given) {
    Map<TableName, TableRange> pinned =
        intent.input().ranges().stream()
            .collect(Collectors.toMap(TableRange::table, Function.identity()));
    try {
      return SqlQuery.parse(definition.sql())
          .expand(definition.functions())
          .bind(
              spark,
              table -> given.containsKey(table) ? given.get(table) : read(pinned.get(table)));
    } catch (SqlSyntaxException e) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "mart.sql of %s, line %d, column %d: %s"
              .formatted(intent.table(), e.line(), e.column(), e.getMessage()),
          e);
    }
  }

  private Dataset<Row> read(TableRange pinned) {
    TableState now = catalog.state(pinned.table());
    if (!now.id().equals(pinned.tableId())) {
      throw new AssayException(
          ExitCode.FAILURE,
          "%s was created anew after batch %d of %s had been planned: run again without --accept or --reject"
              .formatted(pinned.table(), intent.batch(), intent.table()));
    }
    return catalog.read(pinned.table(), pinned.upTo());
  }
}
