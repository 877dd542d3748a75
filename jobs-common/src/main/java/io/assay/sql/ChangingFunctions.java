package io.assay.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * The functions whose value is not settled by their arguments. A table made with one of them could
 * not be made again.
 */
final class ChangingFunctions {
  private static final Set<String> TIME =
      Set.of(
          "now",
          "curdate",
          "current_date",
          "current_timestamp",
          "localtimestamp",
          "current_timezone");

  /** Spark reads these without parentheses as columns first, and as functions where none is. */
  private static final Set<String> WITHOUT_PARENTHESES =
      Set.of("current_date", "current_timestamp", "localtimestamp", "current_user", "user");

  /** With no argument these are the current time; with one they convert. */
  private static final Set<String> TIME_WITHOUT_ARGUMENTS =
      Set.of("unix_timestamp", "to_unix_timestamp");

  private static final Set<String> CHANCE =
      Set.of("rand", "random", "randn", "uuid", "shuffle", "monotonically_increasing_id");

  private static final Set<String> SURROUNDINGS =
      Set.of(
          "current_user",
          "user",
          "session_user",
          "current_catalog",
          "current_database",
          "current_schema",
          "spark_partition_id",
          "input_file_name",
          "input_file_block_start",
          "input_file_block_length",
          "java_method",
          "reflect",
          "version");

  private ChangingFunctions() {}

  /** Why the expression's own node has no settled value; empty if it has. */
  static Optional<String> reason(Expression node) {
    if (node instanceof UnresolvedFunction call) {
      List<String> parts = Catalyst.list(call.nameParts());
      String name = Catalyst.lower(parts.get(parts.size() - 1));
      return reason(name, Catalyst.list(call.arguments()).isEmpty())
          .or(() -> encryption(name, Catalyst.list(call.arguments())))
          .map(reason -> name + "() " + reason);
    }
    if (node instanceof UnresolvedAttribute attribute) {
      List<String> parts = Catalyst.list(attribute.nameParts());
      String name = Catalyst.lower(parts.get(0));
      return parts.size() == 1 && WITHOUT_PARENTHESES.contains(name)
          ? reason(name, true).map(reason -> name + " " + reason)
          : Optional.empty();
    }
    return SpecialTimes.reason(node);
  }

  /** AES starts from random bytes, but in mode ECB, or where it is told from which. */
  private static Optional<String> encryption(String name, List<Expression> arguments) {
    boolean settled =
        !name.equals("aes_encrypt")
            || arguments.size() >= 5
            || (arguments.size() >= 3 && Catalyst.lower(arguments.get(2).toString()).equals("ecb"));
    return settled
        ? Optional.empty()
        : Optional.of(
            "gives another value each time it is computed, but with 'ECB' or a vector of your own");
  }

  private static Optional<String> reason(String name, boolean bare) {
    if (TIME.contains(name) || (bare && TIME_WITHOUT_ARGUMENTS.contains(name))) {
      return Optional.of(
          "depends on the time of the run, so the result could not be computed again; compare"
              + " with a time in the data");
    }
    if (CHANCE.contains(name)) {
      return Optional.of("gives another value each time it is computed; derive it from the data");
    }
    return SURROUNDINGS.contains(name)
        ? Optional.of("depends on where and by whom it is run; derive it from the data")
        : Optional.empty();
  }
}
