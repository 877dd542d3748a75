package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.posexplode_outer;
import static org.apache.spark.sql.functions.when;

import io.assay.config.Payload;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.RowColumns;
import io.assay.table.SourceNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A record holds an array whose elements are events of their own. They stand where records stand
 * otherwise: {@code _value} is the element's text, or its fields are columns. Of the record around
 * them only what expressions ask for is carried along, since it is copied with each element.
 */
final class ElementFormat implements EventFormat {
  /** Names the record itself, where that is the array. */
  private static final String RECORD = "$";

  private static final String ORDINAL = "__ordinal";
  private static final String ELEMENT = "__element";
  private static final String THERE = "__there";
  private static final String TOLD = "__told_before";

  private final Payload payload;
  private final CleanConfiguration configuration;
  private final List<String> path;

  ElementFormat(CleanConfiguration configuration) {
    this.configuration = configuration;
    this.payload = configuration.payload();
    String written = configuration.explode().orElseThrow();
    this.path = written.equals(RECORD) ? List.of() : List.of(written.split("\\."));
    if (path.isEmpty() && payload == Payload.COLUMNS) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "explode in pipeline.yaml of %s is $, which stands for a document, but %s has columns: name the one that holds the array"
              .formatted(configuration.dataset(), configuration.bronze()));
    }
  }

  @Override
  public Dataset<Row> events(Dataset<Row> bronze, SourceView source) {
    StructType schema = bronze.schema();
    return isTyped(schema) ? typed(bronze, source) : parsed(bronze, source);
  }

  /** Elements that stand in a text. */
  private Dataset<Row> parsed(Dataset<Row> bronze, SourceView source) {
    Column unread =
        payload == Payload.JSON
            ? when(col(RowColumns.VALUE).isNull(), lit("the record is no JSON document"))
            : lit(null).cast(DataTypes.StringType);
    Column problem = coalesce(PlainFormat.told(bronze.schema()), unread);
    ArrayPlace array = place(bronze.schema());
    Column elements = JsonElements.of(when(problem.isNull(), array.column()), array.inText());
    Dataset<Row> records =
        payload == Payload.JSON && !source.ofDocument().isEmpty()
            ? bronze.withColumn(SourceView.FIELDS, JsonFields.of(col(RowColumns.VALUE)))
            : bronze;
    List<Column> taken = taken(bronze, source, Set.of(RowColumns.VALUE));
    taken.add(problem.as(TOLD));
    taken.add(posexplode(elements).as(new String[] {ORDINAL, ELEMENT}));
    Column told = coalesce(col(TOLD), part(JsonElements.PROBLEM));
    return records
        .select(taken.toArray(Column[]::new))
        .select(
            col("*"),
            part(JsonElements.VALUE).as(RowColumns.VALUE),
            part(JsonElements.FIELDS).as(SourceView.FIELDS),
            EventParts.ofElement(
                told,
                told.isNull().and(part(JsonElements.FIELDS).isNull()),
                col(ORDINAL),
                part(JsonElements.FAULTY),
                when(col(TOLD).isNull(), part(JsonElements.HAS_ARRAY))));
  }

  /** Elements that have columns. */
  private Dataset<Row> typed(Dataset<Row> bronze, SourceView source) {
    StructType schema = bronze.schema();
    Column array = place(schema).column();
    List<Column> taken = taken(bronze, source, Set.of());
    taken.add(array.isNotNull().as(THERE));
    taken.add(posexplode_outer(array).as(new String[] {ORDINAL, ELEMENT}));
    Column absent = col(ORDINAL).isNull();
    Column faulty = not(absent).and(col(ELEMENT).isNull());
    Column told = coalesce(PlainFormat.told(schema), when(faulty, lit("the element is null")));
    List<Column> selected = new ArrayList<>(List.of(col("*")));
    for (StructField field : elementType(schema).fields()) {
      selected.add(col(ELEMENT).getField(field.name()).as(named(field.name())));
    }
    selected.add(
        EventParts.ofElement(
            told,
            absent,
            coalesce(col(ORDINAL), lit(0)),
            faulty.and(PlainFormat.told(schema).isNull()),
            when(coalesce(col(ORDINAL), lit(0)).equalTo(0), col(THERE))));
    return bronze.select(taken.toArray(Column[]::new)).select(selected.toArray(Column[]::new));
  }

  /** What is carried along with each element. */
  private static List<Column> taken(Dataset<Row> bronze, SourceView source, Set<String> but) {
    List<Column> taken = new ArrayList<>();
    Arrays.stream(bronze.columns())
        .filter(name -> SourceNames.INTERNAL.contains(name) && !but.contains(name))
        .map(functions::col)
        .forEach(taken::add);
    source.ofDocument().forEach((place, column) -> taken.add(column.as(place)));
    return taken;
  }

  @Override
  public StructType shape(StructType bronze) {
    StructType shape = new StructType();
    for (StructField field : bronze.fields()) {
      if (SourceNames.INTERNAL.contains(field.name())) {
        shape = shape.add(field);
      }
    }
    if (!isTyped(bronze)) {
      return Arrays.asList(shape.fieldNames()).contains(RowColumns.VALUE)
          ? shape
          : shape.add(RowColumns.VALUE, DataTypes.StringType);
    }
    for (StructField field : elementType(bronze).fields()) {
      shape = shape.add(named(field.name()), field.dataType());
    }
    return shape;
  }

  @Override
  public SourceView source(StructType bronze) {
    SourceView document = new SourceView(bronze, payload);
    // That the source lacks the array is told like that of any column.
    path.stream().limit(1).forEach(document::field);
    return SourceView.ofElements(
        shape(bronze), isTyped(bronze) ? Payload.COLUMNS : Payload.JSON, document);
  }

  /** A column of bronze's own is never meant by the name of an element's field. */
  private static String named(String field) {
    return SourceNames.INTERNAL.contains(field.toLowerCase(Locale.ROOT)) ? field + "_2" : field;
  }

  private static Column part(String name) {
    return col(ELEMENT).getField(name);
  }

  /** Whether elements have columns; where the source has no such array they are as in a text. */
  private boolean isTyped(StructType bronze) {
    return !(place(bronze).type() instanceof StringType);
  }

  private StructType elementType(StructType bronze) {
    ArrayPlace place = place(bronze);
    DataType type = place.type();
    if (place.inText().isEmpty()
        && type instanceof ArrayType array
        && array.elementType() instanceof StructType element) {
      return element;
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "explode in pipeline.yaml of %s names %s, and on the way to it %s has %s; it needs an array of structs, or a text that holds a JSON array"
            .formatted(
                configuration.dataset(),
                String.join(".", path),
                configuration.bronze(),
                type.simpleString()));
  }

  private ArrayPlace place(StructType bronze) {
    return payload == Payload.JSON
        ? new ArrayPlace(col(RowColumns.VALUE), DataTypes.StringType, path)
        : ArrayPlace.of(bronze, new SourceView(bronze, payload).column(path.get(0)), path);
  }
}
