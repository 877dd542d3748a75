package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.assay.config.Payload;
import io.assay.table.RowColumns;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A record is one event, and its fields are the event's. What it does, conditions tell. */
final class PlainFormat implements EventFormat {
  private final Payload payload;

  private PlainFormat(Payload payload) {
    this.payload = payload;
  }

  /** The format of records that are events, or whose elements are. */
  static EventFormat of(CleanConfiguration configuration) {
    PlainFormat records = new PlainFormat(configuration.payload());
    return configuration.explode().isPresent() ? new ElementFormat(configuration) : records;
  }

  @Override
  public Dataset<Row> events(Dataset<Row> bronze, SourceView source) {
    Dataset<Row> rows =
        payload == Payload.JSON
            ? bronze.withColumn(SourceView.FIELDS, JsonFields.of(col(RowColumns.VALUE)))
            : bronze;
    return rows.select(col("*"), EventParts.ofOneEvent(problem(bronze.schema())));
  }

  @Override
  public SourceView source(StructType bronze) {
    return new SourceView(bronze, payload);
  }

  private Column problem(StructType bronze) {
    Column told = told(bronze);
    return payload == Payload.JSON
        ? coalesce(told, when(col(SourceView.FIELDS).isNull(), lit("the record is no JSON object")))
        : told;
  }

  /** What bronze could not read. */
  static Column told(StructType bronze) {
    return Arrays.asList(bronze.fieldNames()).contains(RowColumns.PROBLEM)
        ? col(RowColumns.PROBLEM)
        : lit(null).cast(DataTypes.StringType);
  }
}
