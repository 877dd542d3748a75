package io.assay.bronze.jdbc;

import io.assay.table.RowColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a batch reads, by one statement. It travels to an executor.
 *
 * @param parameters of the statement
 * @param columns of its rows
 * @param key places of the columns whose values are a row's key
 * @param origin what rows say that they come from
 * @param timed whether the origin is followed by the time of the reading
 * @param batch whose rows they are
 */
record Selection(
    Server server,
    String sql,
    ArrayList<String> parameters,
    int fetchSize,
    StructType columns,
    ArrayList<Integer> key,
    String origin,
    boolean timed,
    long batch)
    implements Serializable {

  /** The columns of bronze rows, but for those that all landings add. */
  StructType schema() {
    return columns
        .add(RowColumns.SOURCE, RowColumns.SOURCE_TYPE)
        .add(RowColumns.PROBLEM, DataTypes.StringType)
        .add(RowColumns.RAW, DataTypes.StringType);
  }

  /** The names of the columns. */
  List<String> names() {
    return List.of(columns.fieldNames());
  }
}
