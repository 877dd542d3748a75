package io.assay.silver;

import static io.assay.batch.StagedRows.times;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.StagedRows;
import io.assay.contract.ContractColumn;
import io.assay.contract.OwnRules;
import io.assay.quality.Violations;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.ConformColumns;
import io.assay.silver.conform.Conformed;
import io.assay.silver.conform.EvolvedFields;
import io.assay.silver.conform.FieldNames;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A batch's conformed and judged rows, stored once, so that all that follows reads what was
 * computed and nothing is computed twice. The pass that stores them counts them too.
 *
 * @param rows the rows that the dataset's condition lets in
 * @param unknown the fields that nothing asks for, sorted; of very many those that come first
 */
record StagedBatch(Dataset<Row> rows, StagedCounts counts, List<String> unknown) {
  static final String VIOLATIONS = "__violations";
  static final String RAW = "__raw";

  /** The rule of rows whose whole batch a person turned away. */
  static final String REJECTED = OwnRules.REJECTED;

  private static final String BROKEN = "broken:";
  private static final String WARNED = "warned:";

  /**
   * Stores the batch.
   *
   * @param conformed its rows
   * @param rejection why a person turned the whole batch away; empty if nobody did
   */
  static StagedBatch write(
      Conformed conformed,
      CleanConfiguration configuration,
      RowJudge judge,
      Optional<String> rejection,
      Path path) {
    FieldNames unknown = FieldNames.in(conformed.rows().sparkSession());
    Column kept = when(not(col(ConformColumns.FILTERED)), col(RowColumns.RESCUED));
    Dataset<Row> judged =
        conformed.setsAside()
            ? conformed.rows().withColumn(RowColumns.RESCUED, unknown.gatheredFrom(kept))
            : conformed.rows();
    judged = judged.withColumn(VIOLATIONS, violations(judge.violations(), rejection));
    List<Column> stored = stored(configuration);
    Dataset<Row> narrow = judged.select(with(stored, marks(judge)));
    String[] names = Arrays.copyOf(narrow.columns(), stored.size());
    StagedRows staged =
        StagedRows.write(
            path,
            narrow,
            counted(judge),
            counted ->
                counted
                    .where(not(col(ConformColumns.FILTERED)))
                    .select(Stream.of(names).map(functions::col).toArray(Column[]::new)));
    return new StagedBatch(staged.read(judged.sparkSession()), counts(staged), unknown.value());
  }

  /** The same, with columns for fields that nothing asked for. */
  StagedBatch evolved(EvolvedFields fields) {
    return new StagedBatch(fields.taken(rows), counts, fields.rest());
  }

  /** The rows that broke no rule. */
  Dataset<Row> accepted() {
    return rows.where(size(col(VIOLATIONS)).equalTo(0));
  }

  /** The rows that broke one or more. */
  Dataset<Row> refused() {
    return rows.where(size(col(VIOLATIONS)).gt(0));
  }

  private static Column violations(Column violations, Optional<String> rejection) {
    if (rejection.isEmpty()) {
      return violations;
    }
    Column rejected =
        Violations.violation(lit(true), REJECTED, Optional.empty(), lit(rejection.get()));
    return concat(Violations.all(List.of(rejected)), violations);
  }

  private static List<Column> stored(CleanConfiguration configuration) {
    List<Column> stored = new ArrayList<>();
    for (ContractColumn column : configuration.contract().columns()) {
      stored.add(col(column.name()));
    }
    stored.add(col(EventColumns.OPERATION));
    stored.add(col(EventColumns.ORDINAL));
    if (configuration.keepsHistory()) {
      stored.add(col(EventColumns.SEQUENCE));
      stored.add(col(EventColumns.VALID_TIME));
      stored.add(col(EventColumns.UNCHANGED));
    }
    stored.add(col(RowColumns.SOURCE));
    stored.add(col(RowColumns.INGESTED_AT));
    stored.add(col(RowColumns.RUN_ID));
    stored.add(col(RowColumns.RESCUED));
    stored.add(col(VIOLATIONS));
    Column json = to_json(col(ConformColumns.RECORD), Map.of("ignoreNullFields", "false"));
    Column wanted = configuration.refusesEvents() ? lit(true) : size(col(VIOLATIONS)).gt(0);
    stored.add(when(wanted.and(not(col(ConformColumns.FILTERED))), json).as(RAW));
    return stored;
  }

  /** What is counted of a row and not stored. Rows are copied once more where they are counted. */
  private static List<Column> marks(RowJudge judge) {
    List<Column> marks = new ArrayList<>();
    marks.add(col(ConformColumns.FILTERED));
    marks.add(col(ConformColumns.TOLD));
    marks.add(col(ConformColumns.ADDITIONAL));
    marks.add(col(ConformColumns.HAS_ARRAY));
    judge.warnings().forEach((rule, warned) -> marks.add(warned.as(WARNED + rule)));
    return marks;
  }

  private static Column[] with(List<Column> columns, List<Column> more) {
    return Stream.concat(columns.stream(), more.stream()).toArray(Column[]::new);
  }

  private static List<Column> counted(RowJudge judge) {
    Column filtered = col(ConformColumns.FILTERED);
    Column kept = not(filtered);
    Column broken = size(col(VIOLATIONS)).gt(0);
    List<Column> counted = new ArrayList<>();
    Column additional = col(ConformColumns.ADDITIONAL);
    counted.add(times(not(additional)).as(StagedCounts.READ));
    counted.add(times(additional).as(StagedCounts.EXPANDED));
    counted.add(times(filtered).as(StagedCounts.FILTERED));
    Column told = col(ConformColumns.TOLD);
    counted.add(times(told).as(StagedCounts.TOLD));
    counted.add(times(filtered.and(not(told))).as(StagedCounts.UNTOLD));
    Column hasArray = col(ConformColumns.HAS_ARRAY);
    counted.add(times(hasArray).as(StagedCounts.WITH_ARRAY));
    counted.add(times(not(hasArray)).as(StagedCounts.WITHOUT_ARRAY));
    counted.add(times(kept.and(broken)).as(StagedCounts.QUARANTINED));
    counted.add(times(kept.and(not(broken))).as(StagedCounts.ACCEPTED));
    counted.add(times(kept.and(col(RowColumns.RESCUED).isNotNull())).as(StagedCounts.RESCUED));
    for (String rule : judge.rules()) {
      Column breaks = array_contains(col(VIOLATIONS).getField("rule"), rule);
      counted.add(times(kept.and(breaks)).as(BROKEN + rule));
    }
    for (String rule : judge.warnings().keySet()) {
      counted.add(times(kept.and(col("`" + WARNED + rule + "`"))).as(WARNED + rule));
    }
    return counted;
  }

  private static StagedCounts counts(StagedRows staged) {
    return new StagedCounts(
        staged.number(StagedCounts.READ),
        staged.number(StagedCounts.EXPANDED),
        staged.number(StagedCounts.FILTERED),
        staged.number(StagedCounts.TOLD),
        staged.number(StagedCounts.UNTOLD),
        staged.number(StagedCounts.WITH_ARRAY),
        staged.number(StagedCounts.WITHOUT_ARRAY),
        staged.number(StagedCounts.QUARANTINED),
        staged.number(StagedCounts.ACCEPTED),
        staged.number(StagedCounts.RESCUED),
        named(staged.measured(), BROKEN),
        named(staged.measured(), WARNED));
  }

  private static Map<String, Long> named(Map<String, Object> found, String prefix) {
    Map<String, Long> named = new LinkedHashMap<>();
    found.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            named.put(name.substring(prefix.length()), (Long) value);
          }
        });
    return named;
  }
}
