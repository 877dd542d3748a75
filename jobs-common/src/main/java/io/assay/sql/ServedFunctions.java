package io.assay.sql;

import io.assay.document.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Which functions somebody outside may call: those that are built into Spark, but for some. Calls
 * of a project's functions are replaced before.
 */
final class ServedFunctions {
  /** Functions that run code by its name, or tell where files lie. */
  private static final Set<String> REACHING_OUT =
      Set.of(
          "reflect",
          "java_method",
          "input_file_name",
          "input_file_block_start",
          "input_file_block_length");

  private ServedFunctions() {}

  /** The names of Spark's functions that may be called; operators are none. */
  static List<String> builtIns() {
    return Catalyst.builtIns().stream()
        .filter(name -> name.matches("\\w+") && !REACHING_OUT.contains(name))
        .sorted()
        .toList();
  }

  /** Why an expression's own node may not be; empty if it may. */
  static Optional<String> refusal(Expression node) {
    if (node instanceof UnresolvedFunction call) {
      return refusal(Catalyst.list(call.nameParts()));
    }
    if (node instanceof UnresolvedGenerator call) {
      return refusal(Catalyst.list(call.name().nameParts()));
    }
    return Optional.empty();
  }

  private static Optional<String> refusal(List<String> parts) {
    String name = String.join(".", parts);
    if (REACHING_OUT.contains(Catalyst.lower(parts.get(parts.size() - 1)))) {
      return Optional.of(name + "() reaches out of the tables and is not allowed here");
    }
    return parts.size() == 1 && Catalyst.isBuiltIn(name)
        ? Optional.empty()
        : Optional.of(
            "there is no function "
                + name
                + " here"
                + Nearest.to(name, builtIns())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse(""));
  }
}
