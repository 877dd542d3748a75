package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a file as a dataset would have them, to try a contract before there is one.
 *
 * @param rows the contract's columns of the rows that silver would accept, were there no rules
 * @param misfits the columns that a value of a readable row does not fit
 * @param unreadable how many rows bronze cannot read, or do not fit
 */
public record ConformedFile(Dataset<Row> rows, Set<String> misfits, long unreadable) {
  private static final String UNREADABLE = "__unreadable";

  public ConformedFile {
    misfits = Set.copyOf(misfits);
  }

  /**
   * Conforms rows, in one scan of them; what it gives scans them again.
   *
   * @param raw as bronze reads them, before they have landed
   */
  public static ConformedFile of(Dataset<Row> raw, CleanConfiguration configuration) {
    List<ContractColumn> columns = configuration.contract().columns();
    Dataset<Row> landed =
        raw.withColumn(RowColumns.INGESTED_AT, lit(null).cast("timestamp"))
            .withColumn(RowColumns.RUN_ID, lit(null).cast("string"));
    Dataset<Row> conformed = new Conform(configuration).apply(landed).rows();
    Column problem = col(ConformColumns.PROBLEM).isNotNull();
    Column failed =
        columns.stream()
            .map(column -> col(ConformColumns.failed(column)))
            .reduce(problem, Column::or);
    List<Column> counts = new ArrayList<>();
    for (ContractColumn column : columns) {
      Column misfit = not(problem).and(col(ConformColumns.failed(column)));
      counts.add(count(when(misfit, lit(1))).as(column.name()));
    }
    Row counted =
        conformed
            .agg(count(when(failed, lit(1))).as(UNREADABLE), counts.toArray(Column[]::new))
            .collectAsList()
            .get(0);
    Set<String> misfits = new TreeSet<>();
    for (ContractColumn column : columns) {
      if (counted.<Long>getAs(column.name()) > 0) {
        misfits.add(column.name());
      }
    }
    Column[] own = columns.stream().map(column -> col(column.name())).toArray(Column[]::new);
    return new ConformedFile(
        conformed.where(not(failed)).select(own), misfits, counted.<Long>getAs(UNREADABLE));
  }
}
