package io.assay.app.spec;

import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.plan.TableShapes;
import io.assay.app.spec.SpecCase.Batch;
import io.assay.config.Project;
import io.assay.table.Layer;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The tables of one case's warehouse. */
final class SpecTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final Project project;
  private final TableShapes shapes;
  private final TableCatalog catalog;

  SpecTables(SparkSession spark, Project project) {
    this.spark = spark;
    this.project = project;
    this.shapes = new TableShapes(project);
    this.catalog = new TableCatalog(spark, project.warehouse());
  }

  void writeEmpty(Set<TableName> tables) {
    for (TableName table : tables) {
      write(table, new Batch(shapes.columns(table), List.of()), Instant.EPOCH);
    }
  }

  /** Appends a batch, with the internal columns that the table's job would write. */
  void write(TableName table, Batch batch, Instant at) {
    Dataset<Row> rows = spark.createDataFrame(batch.rows(), batch.schema()).coalesce(1);
    Dataset<Row> complete =
        table.layer() == Layer.BRONZE
            ? rows.withColumn(RowColumns.INGESTED_AT, lit(Timestamp.from(at)))
            : rows.withColumn(RowColumns.BATCH, lit(0L));
    complete
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .option("mergeSchema", "true")
        .save(project.warehouse().path(table).toString());
  }

  /** The rows of a table, in the given columns, as texts; none if nothing made the table. */
  List<List<String>> read(TableName table, List<String> columns) {
    if (!catalog.state(table).exists()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row : catalog.read(table).collectAsList()) {
      List<String> texts = new ArrayList<>();
      for (String column : columns) {
        texts.add(
            table.layer() == Layer.QUARANTINE ? quarantined(row, column) : value(row, column));
      }
      rows.add(texts);
    }
    return rows.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  private static String value(Row row, String column) {
    return Values.text(row.get(row.fieldIndex(column)));
  }

  /** The rules a row broke; any other name is one of the source's, in the row as it came. */
  private static String quarantined(Row row, String column) {
    if (column.equals(QuarantineColumns.RULES)) {
      return Values.text(row.getList(row.fieldIndex(column)).stream().sorted().toList());
    }
    JsonNode record = json(row.getString(row.fieldIndex(QuarantineColumns.RAW)));
    JsonNode field = record.path(column);
    if (field.isMissingNode()) {
      field = json(record.path(RowColumns.VALUE).asText()).path(column);
    }
    return field.isMissingNode() || field.isNull()
        ? Values.NULL
        : field.isValueNode() ? field.asText() : field.toString();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
