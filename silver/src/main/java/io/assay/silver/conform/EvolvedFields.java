package io.assay.silver.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.LedgerJson;
import io.assay.contract.ContractColumn;
import io.assay.table.RowColumns;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What {@code drift: evolve} makes of fields of documents that nothing asks for. Which there are is
 * known when a batch is staged, so their columns are taken from what was set aside of its rows.
 *
 * @param configuration with the columns
 * @param columns those that the table gained from documents, in this batch or before
 * @param rest the names of fields that become no column
 */
public record EvolvedFields(
    CleanConfiguration configuration, List<String> columns, List<String> rest) {
  private static final String TAKEN = "__taken";
  private static final String FIELDS = "fields";
  private static final String REST = "rest";
  private static final StructType PARTS =
      new StructType()
          .add(FIELDS, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add(REST, DataTypes.StringType);

  /**
   * The columns of a batch.
   *
   * @param stored the table as it was before the batch
   * @param unknown the fields that were set aside, sorted
   */
  public static EvolvedFields of(
      CleanConfiguration configuration, StructType stored, List<String> unknown) {
    List<ContractColumn> columns = Evolution.gained(configuration.contract(), stored, unknown);
    List<String> names = columns.stream().map(ContractColumn::name).toList();
    return new EvolvedFields(
        configuration.withContract(configuration.contract().withColumns(columns)),
        names,
        unknown.stream().filter(field -> !names.contains(Evolution.named(field))).toList());
  }

  /** Staged rows with the columns; what is left stays set aside. */
  public Dataset<Row> taken(Dataset<Row> staged) {
    Set<String> names = new HashSet<>(columns);
    UserDefinedFunction take = functions.udf((UDF1<String, Row>) json -> parts(json, names), PARTS);
    Column aside = col(RowColumns.RESCUED);
    Map<String, Column> added = new LinkedHashMap<>();
    for (String name : columns) {
      added.put(name, col(TAKEN).getField(FIELDS).getItem(name));
    }
    added.put(RowColumns.RESCUED, col(TAKEN).getField(REST));
    return staged
        .withColumn(TAKEN, when(aside.isNotNull(), take.apply(aside)))
        .withColumns(added)
        .drop(TAKEN);
  }

  /** Of fields that mean one column the first is taken, and the others are left. */
  private static Row parts(String json, Set<String> names) {
    Map<String, String> fields = JsonFields.parse(json);
    if (fields == null) {
      return RowFactory.create(Map.of(), json);
    }
    Map<String, String> taken = new TreeMap<>();
    Map<String, String> rest = new TreeMap<>();
    new TreeMap<>(fields)
        .forEach(
            (field, value) -> {
              String name = Evolution.named(field);
              if (!names.contains(name) || taken.putIfAbsent(name, value) != null) {
                rest.put(field, value);
              }
            });
    return RowFactory.create(taken, rest.isEmpty() ? null : LedgerJson.text(rest));
  }
}
