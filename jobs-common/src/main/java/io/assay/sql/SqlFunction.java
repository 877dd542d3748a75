package io.assay.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * One file {@code functions/NAME.sql}: parameters and one expression, expanded where it is called,
 * before analysis.
 *
 * @param name lower-case
 * @param parameters in order
 * @param expression SQL over the parameters
 */
public record SqlFunction(String name, List<String> parameters, String expression) {
  public SqlFunction {
    parameters = List.copyOf(parameters);
  }

  /**
   * What is wrong with the function, with positions in its expression: syntax, names that are no
   * parameters, a subquery, a value that its arguments do not settle, a name of Spark's, calls that
   * do not fit or go in a circle.
   *
   * @param functions every function of the project, this one included, by lower-case name
   */
  public List<SqlProblem> problems(Map<String, SqlFunction> functions) {
    List<SqlProblem> problems = new ArrayList<>();
    if (Catalyst.isBuiltIn(name)) {
      problems.add(
          new SqlProblem(
              1, 1, "Spark has a function " + name + " of its own; choose another name"));
    }
    Set<String> distinct = new HashSet<>();
    for (String parameter : parameters) {
      if (!distinct.add(Catalyst.lower(parameter))) {
        problems.add(new SqlProblem(1, 1, "parameter " + parameter + " is declared twice"));
      }
    }
    try {
      Expression body = Catalyst.parseExpression(expression);
      for (String stranger : FunctionExpansion.strangers(this, body).stream().sorted().toList()) {
        problems.add(
            new SqlProblem(
                1, 1, stranger + " is no parameter; a function sees nothing but its parameters"));
      }
      problems.addAll(SqlExpressions.problems(body));
      new FunctionExpansion(functions).body(this);
    } catch (SqlSyntaxException e) {
      problems.add(e.problem());
    }
    return List.copyOf(problems);
  }
}
