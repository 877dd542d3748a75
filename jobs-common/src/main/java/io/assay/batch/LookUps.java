package io.assay.batch;

import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables that a batch looks things up in, as they were when it was planned.
 *
 * @param intent which has their states among its pins
 */
public record LookUps(TableCatalog catalog, Intent intent) {

  /** The states that the intent of a batch is to pin. */
  public static Map<TableName, TableState> states(TableCatalog catalog, Set<TableName> tables) {
    Map<TableName, TableState> states = new TreeMap<>();
    tables.forEach(table -> states.put(table, catalog.state(table)));
    return states;
  }

  /** Whether the batch was planned to look at the table. */
  public boolean planned(TableName table) {
    return intent.pins().containsKey(table);
  }

  /** The table's rows; empty if it was not there, or was made anew since. */
  public Optional<Dataset<Row>> rows(TableName table) {
    TableState pinned = intent.pinned(table);
    return pinned.exists() && catalog.state(table).id().equals(pinned.id())
        ? Optional.of(catalog.read(table, pinned.version()))
        : Optional.empty();
  }
}
