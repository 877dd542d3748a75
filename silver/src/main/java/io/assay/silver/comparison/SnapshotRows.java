package io.assay.silver.comparison;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.assay.contract.ContractColumn;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.Conform;
import io.assay.silver.conform.ConformColumns;
import io.assay.silver.conform.Conformed;
import io.assay.table.RowColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A snapshot of a table's rows at its source, in the columns of the contract.
 *
 * @param readable rows with a key, and whose values all fit their columns
 * @param unreadable the others; what did not fit is null
 * @param columns the contract's columns that the snapshot has
 */
public record SnapshotRows(Dataset<Row> readable, Dataset<Row> unreadable, Set<String> columns) {

  /** Rows that are typed already, such as those of another table; columns are taken by name. */
  public static SnapshotRows typed(Dataset<Row> rows) {
    return new SnapshotRows(rows, rows.limit(0), Set.of(rows.columns()));
  }

  /**
   * Rows as the source has them: columns, expressions, condition and casts are the dataset's own.
   *
   * @param configuration of the dataset, as {@link CleanConfiguration#ofSnapshot} gives it
   */
  public static SnapshotRows raw(Dataset<Row> rows, CleanConfiguration configuration) {
    Conformed conformed = new Conform(configuration).apply(landed(rows));
    List<ContractColumn> columns = configuration.contract().columns();
    Column failed =
        columns.stream()
            .map(column -> unreadable(column, configuration))
            .reduce(col(ConformColumns.PROBLEM).isNotNull(), Column::or);
    Dataset<Row> kept = conformed.rows().where(not(col(ConformColumns.FILTERED)));
    Set<String> missing = Set.copyOf(conformed.missing());
    Set<String> present =
        columns.stream()
            .filter(
                column ->
                    configuration.columns().containsKey(column.name())
                        || !missing.contains(column.physicalName().orElse(column.name())))
            .map(ContractColumn::name)
            .collect(Collectors.toSet());
    return new SnapshotRows(kept.where(not(failed)), kept.where(failed), present);
  }

  private static Column unreadable(ContractColumn column, CleanConfiguration configuration) {
    Column failed = col(ConformColumns.failed(column));
    return configuration.contract().key().contains(column)
        ? failed.or(col("`" + column.name() + "`").isNull())
        : failed;
  }

  /** Rows of a file with the columns that bronze would have added. */
  private static Dataset<Row> landed(Dataset<Row> rows) {
    if (Arrays.asList(rows.columns()).contains(RowColumns.SOURCE)) {
      return rows;
    }
    return rows.withColumn(
            RowColumns.SOURCE,
            struct(lit("snapshot"), monotonically_increasing_id(), lit(null).cast("string"))
                .cast(RowColumns.SOURCE_TYPE))
        .withColumn(RowColumns.INGESTED_AT, lit(null).cast("timestamp"))
        .withColumn(RowColumns.RUN_ID, lit(null).cast("string"));
  }
}
