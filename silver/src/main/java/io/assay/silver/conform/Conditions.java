package io.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.contract.ContractColumn;
import io.assay.sql.ColumnReferences;
import io.assay.table.EventColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a dataset's conditions say of an event. They see the contract's columns, typed, and under
 * names that the contract does not use the source's.
 */
final class Conditions {
  private final CleanConfiguration configuration;
  private final List<ContractColumn> columns;
  private final TakenFields taken;
  private final SourceView source;

  Conditions(CleanConfiguration configuration, TakenFields taken, SourceView source) {
    this.configuration = configuration;
    this.columns = configuration.contract().columns();
    this.taken = taken;
    this.source = source;
  }

  /** Asks the source for all that the conditions look at. */
  void ask() {
    configuration.where().ifPresent(where -> condition(taken.parsed(where)));
    operation();
  }

  /**
   * A row that the condition is not true for is left out; but not when that is so because one of
   * its values could not be read: that is for a person to see; or is not told: it may be what it
   * was. Nor is a delete or a truncate left out because it does not tell what the condition asks
   * for: it need not have more than its key. What is no event at all is left out in any case.
   */
  Column filtered(ColumnCasts casts) {
    Column unwanted = configuration.where().isEmpty() ? lit(false) : unwanted(casts);
    return EventParts.problem().isNull().and(EventParts.ignored().or(unwanted));
  }

  private Column unwanted(ColumnCasts casts) {
    Column where = taken.parsed(configuration.where().get());
    Column wanted = condition(where);
    Column unreadable = lit(false);
    for (List<String> parts : ColumnReferences.of(where)) {
      Optional<ContractColumn> own = named(parts.get(0));
      for (ContractColumn column : own.map(List::of).orElseGet(() -> madeOf(parts.get(0)))) {
        Column hidden = casts.failed(column).or(taken.unavailable(column));
        // A source's field is looked at as it came, so what is said of it stands.
        unreadable = unreadable.or(own.isPresent() ? hidden : hidden.and(wanted.isNull()));
      }
    }
    Column removes = operation().isin(EventColumns.DELETE, EventColumns.TRUNCATE);
    return not(coalesce(wanted, removes)).and(not(unreadable));
  }

  /** The columns that take the field of a name. */
  private List<ContractColumn> madeOf(String field) {
    return columns.stream()
        .filter(column -> taken.names(column).anyMatch(name -> source.same(name, field)))
        .toList();
  }

  /** As {@link ConformColumns#TOLD}. */
  Column told() {
    Column asked = EventParts.problem().isNull().and(not(EventParts.ignored()));
    return configuration
        .where()
        .map(where -> when(asked, condition(taken.parsed(where)).isNotNull()))
        .orElse(lit(null).cast(DataTypes.BooleanType));
  }

  /** As {@link EventColumns#OPERATION}. */
  Column operation() {
    Column operation = lit(EventColumns.UPSERT);
    Optional<String> delete = configuration.history().deleteWhen();
    if (delete.isPresent()) {
      Column deletes = condition(taken.parsed(delete.get()));
      operation = when(deletes, lit(EventColumns.DELETE)).otherwise(operation);
    }
    Optional<String> truncate = configuration.history().truncateWhen();
    if (truncate.isPresent()) {
      Column truncates = condition(taken.parsed(truncate.get()));
      operation = when(truncates, lit(EventColumns.TRUNCATE)).otherwise(operation);
    }
    return coalesce(EventParts.operation(), operation);
  }

  private Column condition(Column condition) {
    return ColumnReferences.replaced(
        condition,
        parts ->
            Optional.of(
                named(parts.get(0))
                    .map(column -> SourceView.inside(col(ConformColumns.value(column)), parts))
                    .orElseGet(() -> source.reference(parts))));
  }

  /** The column that a condition means by a name; empty if that is none of the contract's. */
  private Optional<ContractColumn> named(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }
}
