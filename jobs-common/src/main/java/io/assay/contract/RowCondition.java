package io.assay.contract;

import io.assay.document.Nearest;
import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A person's condition on one row. */
record RowCondition(String text) {

  /**
   * What keeps it from being one over these columns.
   *
   * @param columns by name
   * @param functions of the project, by lower-case name
   */
  List<String> problems(Map<String, ContractColumn> columns, Map<String, SqlFunction> functions) {
    List<SqlProblem> wrong = SqlExpressions.problems(text, functions);
    if (!wrong.isEmpty()) {
      return wrong.stream().map(SqlProblem::message).toList();
    }
    List<String> unknown = new ArrayList<>();
    for (String name : SqlExpressions.names(text)) {
      if (!columns.containsKey(name.split("\\.", 2)[0].toLowerCase(Locale.ROOT))) {
        unknown.add("unknown column '" + name + "'" + Nearest.hint(name, columns.keySet()));
      }
    }
    return unknown.isEmpty()
        ? ContractSchema.types(columns.values())
            .flatMap(types -> SqlExpressions.misfit(text, functions, types))
            .map(SqlProblem::message)
            .stream()
            .toList()
        : unknown;
  }
}
