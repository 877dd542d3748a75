package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.when;

import io.assay.config.EnvelopeField;
import io.assay.config.Payload;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.silver.debezium.Change;
import io.assay.silver.debezium.MessageReader;
import io.assay.table.RowColumns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A record is a message of Debezium: a change of one row, with the time and place of the change
 * around it; or none, such as the tombstone that follows a delete.
 */
final class DebeziumFormat implements EventFormat {
  private static final String ORDINAL = "__ordinal";
  private static final String MESSAGE = "__message";
  private static final Set<String> OUTSIDE = Set.of("op", "ts_ms", "ts_us", "ts_ns");
  private static final Set<String> OUTSIDE_BLOCKS = Set.of("source", "transaction");

  private static final DataType TEXTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
  private static final StructType CHANGE =
      new StructType()
          .add("operation", DataTypes.StringType)
          .add("problem", DataTypes.StringType)
          .add("ignored", DataTypes.BooleanType)
          .add("fields", TEXTS)
          .add("unavailable", DataTypes.createArrayType(DataTypes.StringType))
          .add("envelope", TEXTS);

  private final MessageReader reader;
  private final Map<String, ContractColumn> copied;

  DebeziumFormat(CleanConfiguration configuration) {
    this.copied = copied(configuration.contract(), configuration.columns());
    Map<String, DataType> targets = new HashMap<>();
    copied.forEach((field, column) -> targets.put(field, column.type()));
    List<String> key =
        configuration.contract().key().stream().map(DebeziumFormat::fieldOf).toList();
    this.reader =
        new MessageReader(
            configuration.debezium(), targets, copied.keySet().containsAll(key) ? key : List.of());
  }

  private static Map<String, ContractColumn> copied(
      Contract contract, Map<String, String> expressions) {
    return contract.columns().stream()
        .filter(column -> !expressions.containsKey(column.name()))
        .collect(
            Collectors.toMap(DebeziumFormat::fieldOf, column -> column, (first, other) -> first));
  }

  private static String fieldOf(ContractColumn column) {
    return column.physicalName().orElse(column.name());
  }

  @Override
  public Dataset<Row> events(Dataset<Row> bronze, SourceView source) {
    MessageReader messages = reader;
    UserDefinedFunction read =
        functions.udf(
            (UDF2<String, String, List<Row>>)
                (value, key) ->
                    messages.read(value, key).stream().map(DebeziumFormat::row).toList(),
            DataTypes.createArrayType(CHANGE));
    Column changes = read.apply(col(RowColumns.VALUE), col(RowColumns.SOURCE).getField("key"));
    return bronze
        .select(col("*"), posexplode(changes).as(new String[] {ORDINAL, MESSAGE}))
        .select(
            col("*"),
            part("fields").as(SourceView.FIELDS),
            EventParts.of(
                part("operation"),
                coalesce(told(bronze.schema()), part("problem")),
                part("ignored"),
                col(ORDINAL),
                part("unavailable")));
  }

  private static Row row(Change change) {
    return RowFactory.create(
        change.operation(),
        change.problem(),
        change.ignored(),
        change.fields(),
        change.unavailable(),
        change.envelope());
  }

  /** A message without a value is a tombstone, and no problem whatever its landing called it. */
  private static Column told(StructType bronze) {
    boolean keepsRaw = Arrays.asList(bronze.fieldNames()).contains(RowColumns.RAW);
    Column landed = col(RowColumns.VALUE).isNotNull();
    return when(
        keepsRaw ? landed.or(col(RowColumns.RAW).isNotNull()) : landed, PlainFormat.told(bronze));
  }

  /** A name that the contract takes from the row is the row's, even if messages have it too. */
  @Override
  public SourceView source(StructType bronze) {
    return new SourceView(
        bronze,
        Payload.JSON,
        name -> {
          String first = name.split("\\.", 2)[0];
          boolean outside =
              OUTSIDE.contains(name) || (OUTSIDE_BLOCKS.contains(first) && !first.equals(name));
          return outside && !copied.containsKey(first)
              ? Optional.of(envelope(name))
              : Optional.empty();
        });
  }

  @Override
  public ContractColumn written(ContractColumn column) {
    return column.type() instanceof BinaryType && copied.containsValue(column)
        ? column.written(TextCast.BASE64)
        : column;
  }

  @Override
  public Optional<Column> position(String name) {
    return EnvelopeField.of(name).map(field -> EnvelopeValue.position(field, envelope(name)));
  }

  @Override
  public Optional<Column> time(String name) {
    return EnvelopeField.of(name).map(field -> EnvelopeValue.time(field, envelope(name)));
  }

  private static Column envelope(String name) {
    return part("envelope").getItem(name);
  }

  private static Column part(String name) {
    return col(MESSAGE).getField(name);
  }
}
