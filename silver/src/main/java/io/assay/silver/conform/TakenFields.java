package io.assay.silver.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_overlap;

import io.assay.contract.ContractColumn;
import io.assay.sql.ColumnReferences;
import io.assay.sql.SqlExpressions;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Which fields of a source the columns of a contract are made of, and how. */
final class TakenFields {
  private final CleanConfiguration configuration;

  TakenFields(CleanConfiguration configuration) {
    this.configuration = configuration;
  }

  /** What the column takes, as it came. */
  Column of(ContractColumn column, SourceView source) {
    if (configuration.repeats().filter(r -> r.flag().equals(column.name())).isPresent()) {
      return RepeatedRecords.flag();
    }
    String expression = configuration.columns().get(column.name());
    return expression == null
        ? source.field(column.physicalName().orElse(column.name()))
        : ColumnReferences.replaced(
            parsed(expression), parts -> Optional.of(source.reference(parts)));
  }

  /** Whether the event does not know a field that the column is made of; boolean. */
  Column unavailable(ContractColumn column) {
    Column names =
        array(names(column).map(functions::lit).toArray(Column[]::new)).cast("array<string>");
    return arrays_overlap(EventParts.unavailable(), names);
  }

  /** The names of the fields that the column is made of. */
  Stream<String> names(ContractColumn column) {
    String expression = configuration.columns().get(column.name());
    return expression == null
        ? Stream.of(column.physicalName().orElse(column.name()))
        : ColumnReferences.of(parsed(expression)).stream().map(parts -> parts.get(0));
  }

  /** An expression of the pipeline, with the project's functions in it expanded. */
  Column parsed(String expression) {
    return SqlExpressions.column(expression, configuration.functions());
  }
}
