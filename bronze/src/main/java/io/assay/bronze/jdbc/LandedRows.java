package io.assay.bronze.jdbc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.assay.job.JobContext;
import io.assay.table.RowColumns;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Rows that a bronze table has already: those of the overlap are read again and again. */
final class LandedRows {
  private static final String CONTENT = "__content";

  /** Up to the second; behind it databases write decimals in several ways. */
  private static final int COMPARABLE = "2026-01-01 00:00:00".length();

  /**
   * In so many batches columns may have come since the oldest row of the overlap landed. Each is
   * one more comparison; of more, rows of the overlap land once more.
   */
  private static final int REMEMBERED = 3;

  private final Dataset<Row> landed;
  private final StructType schema;

  /**
   * @param schema the table's
   */
  LandedRows(JobContext context, TableName table, StructType schema) {
    TableLog log = new TableLog(context.spark(), context.project().warehouse(), table);
    this.landed = log.read(log.state().version());
    this.schema = schema;
  }

  /**
   * The rows whose content has not landed. Columns that only one side has are left out of it, so
   * that a new column does not make new rows of old ones: of every landed row those that came with
   * a later batch.
   *
   * @param names the source's columns
   * @param since the batches in which columns came
   * @param overlap the watermark from which rows may have landed before
   */
  Dataset<Row> missing(
      Dataset<Row> rows,
      List<String> names,
      Map<String, Long> since,
      Watermark watermark,
      String overlap) {
    List<String> common = new ArrayList<>(common(names));
    Map<String, Long> began = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    began.putAll(since);
    List<Long> batches = common.stream().map(began::get).filter(Objects::nonNull).toList();
    Dataset<Row> before =
        landed.where(isFrom(watermark, overlap).or(col(RowColumns.PROBLEM).isNotNull()));
    Dataset<Row> missing = rows;
    Column earlier = lit(true);
    for (long batch : newest(batches)) {
      Column having = earlier.and(col(RowColumns.BATCH).geq(batch));
      missing = without(missing, before.where(having), common);
      common.removeIf(name -> began.getOrDefault(name, 0L) >= batch);
      earlier = col(RowColumns.BATCH).lt(batch);
    }
    return without(missing, before.where(earlier), common);
  }

  private List<String> common(List<String> names) {
    Set<String> known =
        Arrays.stream(schema.fieldNames())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return names.stream().filter(name -> known.contains(name.toLowerCase(Locale.ROOT))).toList();
  }

  private static List<Long> newest(Collection<Long> batches) {
    return batches.stream().distinct().sorted(Comparator.reverseOrder()).limit(REMEMBERED).toList();
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> before, List<String> names) {
    List<String> compared = new ArrayList<>(names);
    compared.add(RowColumns.PROBLEM);
    compared.add(RowColumns.RAW);
    return rows.withColumn(CONTENT, content(compared))
        .join(before.select(content(compared)), new String[] {CONTENT}, "left_anti")
        .drop(CONTENT);
  }

  /** At least those of the overlap; texts of times before the year 10000 sort as the times do. */
  private Column isFrom(Watermark watermark, String overlap) {
    Column column = column(watermark.name());
    if (watermark.type().isTime()) {
      return column.geq(overlap.substring(0, Math.min(COMPARABLE, overlap.length())));
    }
    boolean text =
        schema.apply(schema.fieldIndex(watermark.name())).dataType() instanceof StringType;
    Column number = text ? column.cast(DataTypes.createDecimalType(38, 10)) : column;
    return number.geq(lit(overlap).cast(DataTypes.createDecimalType(38, 10)));
  }

  /** A null says the same as no column. */
  private static Column content(List<String> names) {
    Column[] columns = names.stream().map(LandedRows::column).toArray(Column[]::new);
    return sha2(to_json(struct(columns)).cast("binary"), 256).as(CONTENT);
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
