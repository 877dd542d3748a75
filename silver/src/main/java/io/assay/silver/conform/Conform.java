package io.assay.silver.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.sql.ColumnReferences;
import io.assay.sql.SqlExpressions;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
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
  private final EventFormat format;

  public Conform(CleanConfiguration configuration) {
    this.configuration = configuration;
    this.columns = configuration.contract().columns();
    this.selection = new Selection(configuration);
    this.format =
        switch (configuration.format()) {
          case PLAIN -> new PlainFormat(configuration.payload());
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
    SourceView source = format.source(bronze.schema());
    Dataset<Row> rows = chosen.apply(flagged(bronze, source));
    Dataset<Row> taken = selection.with(format.events(rows, source), taken(source));
    ColumnCasts casts = ColumnCasts.of(columns, taken.schema(), format, configuration.timezone());
    Dataset<Row> cast = selection.with(selection.with(taken, casts.texts()), casts.values());
    Map<String, Column> condition = new LinkedHashMap<>();
    condition.put(ConformColumns.PROBLEM, EventParts.problem());
    condition.put(ConformColumns.FILTERED, filtered(source, casts));
    condition.put(ConformColumns.TOLD, told(source));
    condition.put(ConformColumns.ADDITIONAL, EventParts.ordinal().gt(0));
    condition.put(EventColumns.ORDINAL, EventParts.ordinal());
    condition.put(EventColumns.OPERATION, operation(source));
    condition.put(EventColumns.UNCHANGED, unchanged());
    condition.put(RowColumns.RESCUED, rescued(source, bronze.schema()));
    return new Conformed(selected(cast, bronze.schema(), casts, condition), source.missing());
  }

  /** The source's columns that neither a column nor a condition asks for. */
  List<String> unknown(StructType bronze) {
    SourceView source = format.source(bronze);
    taken(source);
    configuration.where().ifPresent(where -> condition(parsed(where), source));
    operation(source);
    return source.unknownColumns();
  }

  private Dataset<Row> flagged(Dataset<Row> bronze, SourceView source) {
    return configuration.repeats().isEmpty()
        ? bronze
        : RepeatedRecords.flagged(bronze, source.content());
  }

  /** What each contract column takes from the source, as it came. */
  private Map<String, Column> taken(SourceView source) {
    Map<String, Column> taken = new LinkedHashMap<>();
    for (ContractColumn column : columns) {
      taken.put(ConformColumns.raw(column), taken(column, source));
    }
    return taken;
  }

  private Column taken(ContractColumn column, SourceView source) {
    if (configuration.repeats().filter(r -> r.flag().equals(column.name())).isPresent()) {
      return RepeatedRecords.flag();
    }
    String expression = configuration.columns().get(column.name());
    return expression == null
        ? source.field(column.physicalName().orElse(column.name()))
        : ColumnReferences.replaced(
            parsed(expression), parts -> Optional.of(source.reference(parts)));
  }

  /**
   * A column is unknown where any of the fields that it is made of is. Few events have such, and
   * those of most formats never.
   */
  private Column unchanged() {
    Column[] names =
        columns.stream()
            .map(
                column ->
                    when(
                        arrays_overlap(EventParts.unavailable(), fields(column)),
                        lit(column.name())))
            .toArray(Column[]::new);
    return when(size(EventParts.unavailable()).gt(0), array_compact(array(names)))
        .otherwise(array().cast(DataTypes.createArrayType(DataTypes.StringType)));
  }

  private Column fields(ContractColumn column) {
    return array(fieldNames(column).map(functions::lit).toArray(Column[]::new))
        .cast("array<string>");
  }

  private Stream<String> fieldNames(ContractColumn column) {
    String expression = configuration.columns().get(column.name());
    return expression == null
        ? Stream.of(column.physicalName().orElse(column.name()))
        : ColumnReferences.of(parsed(expression)).stream().map(parts -> parts.get(0));
  }

  /**
   * A row that the condition is not true for is left out; but not when that is so because one of
   * its values could not be read: that is for a person to see; or is not told: it may be what it
   * was. Nor is a delete or a truncate left out because it does not tell what the condition asks
   * for: it need not have more than its key. What is no event at all is left out in any case.
   */
  private Column filtered(SourceView source, ColumnCasts casts) {
    Column unwanted = configuration.where().isEmpty() ? lit(false) : unwanted(source, casts);
    return EventParts.problem().isNull().and(EventParts.ignored().or(unwanted));
  }

  private Column unwanted(SourceView source, ColumnCasts casts) {
    Column where = parsed(configuration.where().get());
    Column wanted = condition(where, source);
    Column unreadable = lit(false);
    for (List<String> parts : ColumnReferences.of(where)) {
      Optional<ContractColumn> own = named(parts.get(0));
      for (ContractColumn column :
          own.map(List::of).orElseGet(() -> madeOf(parts.get(0), source))) {
        Column untold = arrays_overlap(EventParts.unavailable(), fields(column));
        Column hidden = casts.failed(column).or(untold);
        // A source's field is looked at as it came, so what is said of it stands.
        unreadable = unreadable.or(own.isPresent() ? hidden : hidden.and(wanted.isNull()));
      }
    }
    Column removes = operation(source).isin(EventColumns.DELETE, EventColumns.TRUNCATE);
    return not(coalesce(wanted, removes)).and(not(unreadable));
  }

  /** The columns that take the field of a name. */
  private List<ContractColumn> madeOf(String field, SourceView source) {
    return columns.stream()
        .filter(column -> fieldNames(column).anyMatch(name -> source.same(name, field)))
        .toList();
  }

  private Column told(SourceView source) {
    Column asked = EventParts.problem().isNull().and(not(EventParts.ignored()));
    return configuration
        .where()
        .map(where -> when(asked, condition(parsed(where), source).isNotNull()))
        .orElse(lit(null).cast(DataTypes.BooleanType));
  }

  private Column operation(SourceView source) {
    Column operation = lit(EventColumns.UPSERT);
    Optional<String> delete = configuration.history().deleteWhen();
    if (delete.isPresent()) {
      Column deletes = condition(parsed(delete.get()), source);
      operation = when(deletes, lit(EventColumns.DELETE)).otherwise(operation);
    }
    Optional<String> truncate = configuration.history().truncateWhen();
    if (truncate.isPresent()) {
      Column truncates = condition(parsed(truncate.get()), source);
      operation = when(truncates, lit(EventColumns.TRUNCATE)).otherwise(operation);
    }
    return coalesce(EventParts.operation(), operation);
  }

  /**
   * A dataset that reads another's landing takes what it needs; the rest is no drift of its own.
   */
  private Column rescued(SourceView source, StructType bronze) {
    return configuration.sharedLanding()
        ? lit(null).cast(DataTypes.StringType)
        : Unknown.rescued(source, bronze, configuration.payload());
  }

  private Dataset<Row> selected(
      Dataset<Row> cast, StructType bronze, ColumnCasts casts, Map<String, Column> more) {
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
    selected.add(record(bronze).as(ConformColumns.RECORD));
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

  /** The whole bronze row but for what quarantine keeps in columns of its own. */
  private static Column record(StructType bronze) {
    List<String> apart =
        List.of(RowColumns.SOURCE, RowColumns.INGESTED_AT, RowColumns.RUN_ID, RowColumns.BATCH);
    return struct(
        Arrays.stream(bronze.fieldNames())
            .filter(name -> !apart.contains(name))
            .map(SourceView::quoted)
            .toArray(Column[]::new));
  }

  private Column condition(Column condition, SourceView source) {
    return ColumnReferences.replaced(
        condition,
        parts ->
            Optional.of(
                named(parts.get(0))
                    .map(column -> SourceView.inside(col(ConformColumns.value(column)), parts))
                    .orElseGet(() -> source.reference(parts))));
  }

  /** The column that a condition means by a name; empty if that is none of the contract's. */
  private Optional<ContractColumn> named(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  private Column parsed(String expression) {
    return SqlExpressions.column(expression, configuration.functions());
  }
}
