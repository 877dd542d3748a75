package io.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.silver.conform.ConformColumns;
import io.assay.table.EventColumns;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Rows of a quarantine table that a batch tries to take in: what they name, and what became. */
public final class ReplayedRows {
  /** What names a row of bronze. */
  private static final List<String> RECORD =
      List.of(RowColumns.SOURCE, RowColumns.INGESTED_AT, RowColumns.RUN_ID);

  /** What names an event of a row of bronze. */
  private static final List<String> EVENT =
      List.of(RowColumns.SOURCE, RowColumns.INGESTED_AT, RowColumns.RUN_ID, EventColumns.ORDINAL);

  private static final String TRIED = "__tried";
  private static final String WHOLE = "__whole";
  private static final String NEW_RULES = "__rules";
  private static final String NEW_REASONS = "__reasons";
  private static final String VERSION = "__version";

  private final Dataset<Row> rows;
  private final long batch;

  /**
   * Some rows.
   *
   * @param rows of a quarantine table, with all its columns
   * @param batch the number under which they are said to have been tried
   */
  public ReplayedRows(Dataset<Row> rows, long batch) {
    this.rows = rows;
    this.batch = batch;
  }

  /**
   * Those of some rows whose events a batch tried to take in.
   *
   * @param recorded a quarantine table that knows what the batch tried
   */
  public static Dataset<Row> triedBy(long batch, Dataset<Row> rows, Dataset<Row> recorded) {
    Dataset<Row> tried =
        recorded
            .where(array_contains(col(QuarantineColumns.REPLAYS), batch))
            .select(columns(EVENT));
    return rows.join(tried, seq(EVENT), "left_semi");
  }

  /** The rows of bronze that they name. */
  public Dataset<Row> among(Dataset<Row> bronze) {
    return bronze.join(rows.select(columns(RECORD)).distinct(), seq(RECORD), "left_semi");
  }

  /**
   * The events that they name. Where a row of bronze could not be read at all, nothing of it was
   * taken before: if it holds several events now, all of them are meant, and those that quarantine
   * does not know are {@link ConformColumns#ADDITIONAL}.
   *
   * @param conformed all events of the rows of bronze
   * @param unreadable the rule of rows that could not be read
   */
  public Dataset<Row> events(Dataset<Row> conformed, String unreadable) {
    Dataset<Row> records =
        rows.groupBy(columns(RECORD))
            .agg(
                collect_set(col(EventColumns.ORDINAL)).as(TRIED),
                bool_or(array_contains(col(QuarantineColumns.RULES), unreadable)).as(WHOLE));
    Column known = array_contains(col(TRIED), col(EventColumns.ORDINAL));
    return conformed
        .join(records, seq(RECORD))
        .where(known.or(col(WHOLE)))
        .withColumn(ConformColumns.ADDITIONAL, not(known))
        .drop(TRIED, WHOLE);
  }

  /** What tells the rows from the others of their table; nothing of it is null in one of them. */
  Dataset<Row> identity() {
    return rows.select(
        Stream.concat(EVENT.stream(), Stream.of(RowColumns.BATCH))
            .map(functions::col)
            .toArray(Column[]::new));
  }

  /**
   * The rows as they are after the batch: released, or with the rules that they broke this time;
   * and one for each refused event that quarantine did not know.
   *
   * @param refused the events that were refused, as the form takes them
   */
  Dataset<Row> after(Dataset<Row> refused, QuarantineRows form) {
    return known(refused, form).unionByName(added(refused, form));
  }

  private Dataset<Row> known(Dataset<Row> refused, QuarantineRows form) {
    Dataset<Row> again =
        refused.select(
            Stream.concat(
                    EVENT.stream().map(functions::col),
                    Stream.of(form.rules().as(NEW_RULES), form.reasons().as(NEW_REASONS)))
                .toArray(Column[]::new));
    return rows.join(again, seq(EVENT), "left_outer")
        .withColumn(
            QuarantineColumns.REPLAYS, concat(col(QuarantineColumns.REPLAYS), array(lit(batch))))
        .withColumn(QuarantineColumns.RELEASED_BATCH, when(col(NEW_RULES).isNull(), lit(batch)))
        .withColumn(QuarantineColumns.RULES, coalesce(col(NEW_RULES), col(QuarantineColumns.RULES)))
        .withColumn(
            QuarantineColumns.REASONS, coalesce(col(NEW_REASONS), col(QuarantineColumns.REASONS)))
        .select(columns(Arrays.asList(rows.columns())));
  }

  /** An event of a record that could not be read before, or the earlier winner of a tie. */
  private Dataset<Row> added(Dataset<Row> refused, QuarantineRows form) {
    Column version = first(col(QuarantineColumns.BRONZE_VERSION)).as(VERSION);
    Dataset<Row> versions = rows.groupBy(columns(RECORD)).agg(version);
    Dataset<Row> unknown =
        refused
            .join(rows.select(columns(EVENT)), seq(EVENT), "left_anti")
            .join(versions, seq(RECORD), "left_outer");
    return form.of(unknown, when(col(EventColumns.ORDINAL).isNotNull(), col(VERSION)));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }

  private static Seq<String> seq(List<String> names) {
    return JavaConverters.asScalaBuffer(names).toSeq();
  }
}
