package io.assay.gold.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
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

  /** True where a part of the key is null: such a row is counted, and does not go out. */
  static final String UNNAMED = "unnamed";

  private static final String SUM = "sum";
  private static final String ROW = "row";
  private static final String NOW = "now_";

  private final StagingFolder staging;
  private final Form form;
  private final List<Column> named = new ArrayList<>();

  /**
   * @param key the mart's
   * @param form of the same key
   */
  StagedDelivery(StagingFolder staging, List<PublishedColumn> key, Form form) {
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
    named.add(
        key.stream()
            .map(column -> col("`" + column.column() + "`").isNull())
            .reduce(Column::or)
            .orElseThrow()
            .as(UNNAMED));
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
    List<Column> all = new ArrayList<>(keys());
    values(form).forEach(name -> all.add(col(name)));
    return states(
        changes
            .select(columns(signed))
            .groupBy(columns(all))
            .agg(sum(col(TableFeed.SIGN)).as(SUM))
            .where(col(SUM).notEqual(0)));
  }

  /**
   * The last state of each key that was changed in between, though it may be as it was.
   *
   * @param changes as above
   * @param now every row of the mart behind them
   */
  StagedRows touched(Dataset<Row> changes, Dataset<Row> now) {
    Dataset<Row> touched = changes.select(columns(named)).select(columns(keys())).distinct();
    Dataset<Row> there = now.select(columns(named)).withColumn(SUM, lit(1));
    Dataset<Row> rows =
        there.toDF(Stream.of(there.columns()).map(name -> NOW + name).toArray(String[]::new));
    Column same =
        keys(form).stream()
            .map(name -> col(name).eqNullSafe(col(NOW + name)))
            .reduce(Column::and)
            .orElseThrow();
    List<Column> states = new ArrayList<>(keys());
    values(form).forEach(name -> states.add(col(NOW + name).as(name)));
    states.add(col(NOW + SUM).as(SUM));
    return states(touched.join(rows, same, "left").select(columns(states)));
  }

  /** One row for each key: what has a sum over 0 is there. */
  private StagedRows states(Dataset<Row> sums) {
    List<Column> row = new ArrayList<>(List.of(lit(true).as("present")));
    values(form).forEach(name -> row.add(col(name)));
    Dataset<Row> last =
        sums.groupBy(columns(keys())).agg(max(when(col(SUM).gt(0), struct(columns(row)))).as(ROW));
    List<Column> staged = new ArrayList<>(keys());
    values(form).forEach(name -> staged.add(col(ROW).getField(name).as(name)));
    staged.add(col(ROW).isNull().as(GONE));
    return write(last.select(columns(staged)));
  }

  private List<Column> keys() {
    return Stream.concat(keys(form).stream(), Stream.of(UNNAMED)).map(name -> col(name)).toList();
  }

  private StagedRows write(Dataset<Row> rows) {
    Column gone = col(GONE);
    Column unnamed = col(UNNAMED);
    return StagedRows.write(
        staging.file("delivery"),
        rows,
        List.of(
            StagedRows.times(gone.and(not(unnamed))).as(GOING),
            StagedRows.times(not(gone.or(unnamed))).as(COMING),
            StagedRows.times(unnamed.and(not(gone))).as(UNNAMED)),
        measured -> measured.where(not(unnamed)).drop(UNNAMED));
  }

  private static Column[] columns(List<Column> columns) {
    return columns.toArray(Column[]::new);
  }
}
