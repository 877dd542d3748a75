package io.assay.gold.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.table.TableFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stages what goes out: columns {@code k1}… of the key, {@code v1}… of the rest, and whether the
 * row is {@link #GONE}.
 */
final class StagedDelivery {
  /** True for a key without a row; its values are null. */
  static final String GONE = "gone";

  static final String COMING = "coming";
  static final String GOING = "going";

  private static final String SUM = "sum";
  private static final String ROW = "row";

  private final StagingFolder staging;
  private final Form form;
  private final List<Column> named = new ArrayList<>();

  StagedDelivery(StagingFolder staging, Form form) {
    this.staging = staging;
    this.form = form;
    List<String> keys = keys(form);
    for (int i = 0; i < keys.size(); i++) {
      named.add(form.key().get(i).as(keys.get(i)));
    }
    List<String> values = values(form);
    for (int i = 0; i < values.size(); i++) {
      named.add(form.values().get(i).as(values.get(i)));
    }
  }

  /** The names of the staged key. */
  static List<String> keys(Form form) {
    return Stream.iterate(1, i -> i + 1).limit(form.key().size()).map(i -> "k" + i).toList();
  }

  /** The names of the other staged columns. */
  static List<String> values(Form form) {
    return Stream.iterate(1, i -> i + 1).limit(form.values().size()).map(i -> "v" + i).toList();
  }

  /** Every row of a mart. */
  StagedRows whole(Dataset<Row> rows) {
    return write(rows.select(columns(named)).withColumn(GONE, lit(false)));
  }

  /**
   * The last state of each key that differs.
   *
   * @param changes the rows that went and came, as {@link TableFeed#rows} tells them
   */
  StagedRows changes(Dataset<Row> changes) {
    List<Column> signed = new ArrayList<>(named);
    signed.add(col(TableFeed.SIGN));
    Column[] keys = columns(keys(form).stream().map(name -> col(name)).toList());
    Column[] all =
        columns(
            Stream.concat(keys(form).stream(), values(form).stream())
                .map(name -> col(name))
                .toList());
    List<Column> row = new ArrayList<>(List.of(lit(true).as("present")));
    values(form).forEach(name -> row.add(col(name)));
    Dataset<Row> net =
        changes
            .select(columns(signed))
            .groupBy(all)
            .agg(sum(col(TableFeed.SIGN)).as(SUM))
            .where(col(SUM).notEqual(0))
            .groupBy(keys)
            .agg(max(when(col(SUM).gt(0), struct(columns(row)))).as(ROW));
    List<Column> staged = new ArrayList<>(List.of(keys));
    values(form).forEach(name -> staged.add(col(ROW).getField(name).as(name)));
    staged.add(col(ROW).isNull().as(GONE));
    return write(net.select(columns(staged)));
  }

  private StagedRows write(Dataset<Row> rows) {
    return StagedRows.write(
        staging.file("delivery"),
        rows,
        List.of(
            count(lit(1)).as("rows"),
            StagedRows.times(col(GONE)).as(GOING),
            StagedRows.times(col(GONE).equalTo(false)).as(COMING)),
        kept -> kept);
  }

  private static Column[] columns(List<Column> columns) {
    return columns.toArray(Column[]::new);
  }
}
