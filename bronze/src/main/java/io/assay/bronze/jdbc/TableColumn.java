package io.assay.bronze.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column as the database describes it.
 *
 * @param type the database's own name of its type, in lower case
 * @param jdbcType one of {@link java.sql.Types}
 * @param precision digits of a number; 0 where it has no bound
 * @param nullable whether it may hold nulls, as far as is known
 */
record TableColumn(
    String name, String type, int jdbcType, int precision, int scale, boolean nullable) {

  static List<TableColumn> all(ResultSetMetaData result) throws SQLException {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 1; i <= result.getColumnCount(); i++) {
      columns.add(
          new TableColumn(
              result.getColumnLabel(i),
              result.getColumnTypeName(i).toLowerCase(Locale.ROOT),
              result.getColumnType(i),
              result.getPrecision(i),
              result.getScale(i),
              result.isNullable(i) != ResultSetMetaData.columnNoNulls));
    }
    return columns;
  }

  /** Whether it is a decimal of which Spark holds every finite value. */
  boolean fitsDecimal() {
    return precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision;
  }
}
