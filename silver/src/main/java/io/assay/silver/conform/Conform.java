package io.assay.silver.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.assay.config.DatasetPipeline.Drift;
import io.assay.config.Payload;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Bronze rows to rows of the contract: each column taken by name or by its expression, then cast
 * strictly. No row is dropped here and no value is given up silently; what does not fit is marked.
 *
 * <p>Conditions ({@code where}, {@code delete_when}, {@code truncate_when}) see the contract's
 * columns, typed, and under names that the contract does not use the source's.
 */
public final class Conform {
  private final CleanConfiguration configuration;
  private final List<ContractColumn> columns;
  private final Selection selection;
  private final TakenFields taken;
  private final EventFormat format;

  public Conform(CleanConfiguration configuration) {
    this.configuration = configuration;
    this.columns = configuration.contract().columns();
    this.selection = new Selection(configuration);
    this.taken = new TakenFields(configuration);
    this.format =
        switch (configuration.format()) {
          case PLAIN -> PlainFormat.of(configuration);
          case SNAPSHOT -> new SnapshotFormat(configuration);
          case DEBEZIUM -> new DebeziumFormat(configuration);
        };
  }

  /**
   * The conformed rows, one for each event of the rows of bronze.
   *
   * @throws AssayException if an expression does not fit the source
   */
  public Conformed apply(Dataset<Row> bronze) {
    return apply(bronze, rows -> rows);
  }

  /**
   * The same for some of the rows, where the others too tell which records are repeats.
   *
   * @param chosen leaves rows out
   * @throws AssayException if an expression does not fit the source
   */
  public Conformed apply(Dataset<Row> bronze, UnaryOperator<Dataset<Row>> chosen) {
    StructType shape = format.shape(bronze.schema());
    SourceView source = asked(bronze.schema());
    Dataset<Row> rows = chosen.apply(flagged(bronze, source));
    Dataset<Row> events = selection.with(format.events(rows, source), taken(source));
    ColumnCasts casts = ColumnCasts.of(columns, events.schema(), format, configuration.timezone());
    Dataset<Row> cast = selection.with(selection.with(events, casts.texts()), casts.values());
    Conditions conditions = new Conditions(configuration, taken, source);
    Map<String, Column> told = new LinkedHashMap<>();
    told.put(ConformColumns.PROBLEM, EventParts.problem());
    told.put(ConformColumns.FAULTY, EventParts.faulty());
    told.put(ConformColumns.FILTERED, conditions.filtered(casts));
    told.put(ConformColumns.TOLD, conditions.told());
    told.put(ConformColumns.HAS_ARRAY, EventParts.hasArray());
    told.put(ConformColumns.ADDITIONAL, EventParts.ordinal().gt(0));
    told.put(EventColumns.ORDINAL, EventParts.ordinal());
    told.put(EventColumns.OPERATION, conditions.operation());
    told.put(EventColumns.UNCHANGED, unchanged());
    told.put(RowColumns.RESCUED, rescued(source, shape));
    return new Conformed(
        selected(cast, shape, casts, told),
        source.missing(),
        !configuration.sharedLanding() && Unknown.setsAside(source, shape),
        source.payload() == Payload.JSON);
  }

  /** The source's columns that neither a column nor a condition asks for. */
  List<StructField> unknown(StructType bronze) {
    StructType shape = format.shape(bronze);
    return asked(bronze).unknownColumns().stream()
        .map(name -> shape.fields()[shape.fieldIndex(name)])
        .toList();
  }

  /** The source, after everything that a column or a condition takes of it was asked for. */
  private SourceView asked(StructType bronze) {
    SourceView source = format.source(bronze);
    taken(source);
    new Conditions(configuration, taken, source).ask();
    return source;
  }

  private Dataset<Row> flagged(Dataset<Row> bronze, SourceView source) {
    return configuration.repeats().isEmpty()
        ? bronze
        : RepeatedRecords.flagged(bronze, source.content());
  }

  /** What each contract column takes from the source, as it came. */
  private Map<String, Column> taken(SourceView source) {
    Map<String, Column> values = new LinkedHashMap<>();
    for (ContractColumn column : columns) {
      values.put(ConformColumns.raw(column), taken.of(column, source));
    }
    return values;
  }

  /**
   * A column is unknown where any of the fields that it is made of is. Few events have such, and
   * those of most formats never.
   */
  private Column unchanged() {
    Column[] names =
        columns.stream()
            .map(column -> when(taken.unavailable(column), lit(column.name())))
            .toArray(Column[]::new);
    Column own = array_compact(array(names));
    return when(
            size(EventParts.unavailable()).gt(0),
            configuration.drift() == Drift.EVOLVE ? array_union(own, ofNewColumns()) : own)
        .otherwise(array().cast(DataTypes.createArrayType(DataTypes.StringType)));
  }

  /** A field that the event does not know may become a column only after it is conformed. */
  private Column ofNewColumns() {
    Column names =
        transform(
            EventParts.unavailable(), field -> regexp_replace(lower(field), "[^a-z0-9_]+", "_"));
    Object[] own = columns.stream().map(ContractColumn::name).toArray();
    return filter(names, name -> name.rlike("^[a-z][a-z0-9_]*$").and(not(name.isin(own))));
  }

  /**
   * A dataset that reads another's landing takes what it needs; the rest is no drift of its own.
   */
  private Column rescued(SourceView source, StructType shape) {
    return configuration.sharedLanding()
        ? lit(null).cast(DataTypes.StringType)
        : Unknown.rescued(source, shape);
  }

  private Dataset<Row> selected(
      Dataset<Row> cast, StructType shape, ColumnCasts casts, Map<String, Column> more) {
    List<Column> selected = new ArrayList<>();
    for (ContractColumn column : columns) {
      selected.add(col(ConformColumns.value(column)).as(column.name()));
      selected.add(coalesce(casts.failed(column), lit(false)).as(ConformColumns.failed(column)));
      Column raw = col(ConformColumns.raw(column));
      selected.add(when(casts.failed(column), raw).as(ConformColumns.raw(column)));
    }
    selected.add(col(RowColumns.SOURCE));
    selected.add(col(RowColumns.INGESTED_AT));
    selected.add(col(RowColumns.RUN_ID));
    selected.add(record(shape).as(ConformColumns.RECORD));
    more.forEach((name, column) -> selected.add(column.as(name)));
    if (configuration.keepsHistory()) {
      selected.add(sequence().as(EventColumns.SEQUENCE));
      selected.add(validTime().as(EventColumns.VALID_TIME));
    }
    return selection.select(cast, selected);
  }

  private Column sequence() {
    return struct(
        configuration.history().sequence().stream()
            .map(
                name ->
                    (isColumn(name)
                            ? col(ConformColumns.value(name))
                            : format.position(name).orElseThrow())
                        .as(EventColumns.sequenceField(name)))
            .toArray(Column[]::new));
  }

  private Column validTime() {
    String name =
        configuration.history().validTime().orElse(configuration.history().sequence().get(0));
    return isColumn(name) ? col(ConformColumns.value(name)) : format.time(name).orElseThrow();
  }

  private boolean isColumn(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  /** The whole record but for what quarantine keeps in columns of its own. */
  private static Column record(StructType shape) {
    List<String> apart =
        List.of(RowColumns.SOURCE, RowColumns.INGESTED_AT, RowColumns.RUN_ID, RowColumns.BATCH);
    return struct(
        Arrays.stream(shape.fieldNames())
            .filter(name -> !apart.contains(name))
            .map(SourceView::quoted)
            .toArray(Column[]::new));
  }
}
