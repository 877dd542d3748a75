package io.assay.bronze.jdbc;

import io.assay.bronze.record.ColumnNames;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or query as the database describes it now.
 *
 * @param from what follows FROM
 * @param names of the columns in bronze, in their order
 * @param notes on the names, for people
 */
record Relation(
    Dialect dialect,
    String from,
    List<TableColumn> columns,
    List<String> names,
    List<String> notes) {

  /**
   * Asks for the columns.
   *
   * @throws AssayException with exit code 4 if there are none
   */
  static Relation of(Database.Session session, Dialect dialect, JdbcRules rules)
      throws SQLException {
    String from =
        rules
            .table()
            .map(
                table ->
                    Arrays.stream(table.split("[.]"))
                        .map(dialect::quoted)
                        .collect(Collectors.joining(".")))
            .orElseGet(() -> "(" + query(rules) + "\n) AS assay_source");
    List<TableColumn> columns = session.columns("SELECT * FROM " + from);
    ColumnNames names = ColumnNames.of(columns.stream().map(TableColumn::name).toList());
    return new Relation(dialect, from, columns, names.names(), names.notes());
  }

  private static String query(JdbcRules rules) {
    return rules.query().orElseThrow().strip().replaceAll(";+$", "");
  }

  /**
   * The place of a column that the configuration names: as it is spelt, or else in any case.
   *
   * @param key where the configuration names it
   * @throws AssayException with exit code 4 if there is no such column, or several in other cases
   */
  int place(String name, String key) {
    List<String> known = columns.stream().map(TableColumn::name).toList();
    if (known.contains(name)) {
      return known.indexOf(name);
    }
    List<String> alike = known.stream().filter(name::equalsIgnoreCase).toList();
    if (alike.size() == 1) {
      return known.indexOf(alike.get(0));
    }
    throw new AssayException(
        ExitCode.CONFIGURATION,
        "source.jdbc.%s: there is no column '%s'%s; these are: %s"
            .formatted(key, name, Nearest.hint(name, known), String.join(", ", known)));
  }

  /** A column in SQL. */
  String sql(int place) {
    return dialect.quoted(columns.get(place).name());
  }
}
