package io.assay.contract;

import io.assay.contract.StandardDocument.Dimension;
import io.assay.quality.measure.Measure;
import io.assay.sql.SqlFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is particular to one constraint of {@code type: custom, engine: deequ}.
 *
 * @param name as Deequ calls it
 * @param columns what it takes of them
 * @param bound whether it needs an operator
 * @param suffix of a generated rule name, after the columns
 * @param measured what it measures, in words
 * @param nulls what becomes of nulls and NaN, in words
 * @param measure of what a contract says; empty if that is wrong, which is then among the problems
 */
record Constraint(
    String name,
    Columns columns,
    List<Argument> arguments,
    Bound bound,
    Dimension dimension,
    String suffix,
    String measured,
    String nulls,
    Function<Given, Optional<Measure>> measure) {

  /** The same, explained. */
  Constraint telling(String measuredInWords, String nullsInWords) {
    return new Constraint(
        name, columns, arguments, bound, dimension, suffix, measuredInWords, nullsInWords, measure);
  }

  /** How many columns of which kind. */
  record Columns(int least, int most, ColumnKind kind) {
    static final Columns NONE = new Columns(0, 0, ColumnKind.ANY);

    static Columns one(ColumnKind kind) {
      return new Columns(1, 1, kind);
    }

    static Columns two(ColumnKind kind) {
      return new Columns(2, 2, kind);
    }

    static Columns some(ColumnKind kind) {
      return new Columns(1, Integer.MAX_VALUE, kind);
    }

    /** In words; empty for none. */
    String words() {
      if (most == 0) {
        return "";
      }
      String number = least == 2 ? "two columns" : most == 1 ? "one column" : "columns";
      return number + (kind == ColumnKind.ANY ? "" : (most == 1 ? ", " : ", each ") + kind.words());
    }
  }

  /** One argument besides the columns. */
  record Argument(String key, String words) {}

  /** Whether a rule gives the operator. */
  enum Bound {
    /** No, the measured share must be 1. */
    ONE,
    /** If it does not, the measured share must be 1. */
    ONE_UNLESS_GIVEN,
    GIVEN
  }

  /**
   * What a contract gives to a constraint.
   *
   * @param functions of the project, by lower-case name
   */
  record Given(
      RuleArguments arguments, List<ContractColumn> columns, Map<String, SqlFunction> functions) {
    ContractColumn column() {
      return columns.get(0);
    }

    List<String> names() {
      return columns.stream().map(ContractColumn::name).toList();
    }
  }
}
