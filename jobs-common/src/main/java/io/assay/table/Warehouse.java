package io.assay.table;

import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * Where everything lies: one root folder on any Hadoop file system. The paths are the truth; names
 * in a catalog only point at them.
 *
 * <pre>
 *   root/bronze/orders  root/silver/orders__events  root/quarantine/orders  root/gold/daily_sales   Delta tables
 *   root/_assay/ledger/silver.orders/...     intents, accounts, lease
 *   root/_assay/leases/ops/...               who writes the ops tables, on stores that do not decide it
 *   root/_assay/staging/silver.orders/...    batches in preparation, invisible to readers
 *   root/_assay/streams/...                  how each process of assay stream stands
 *   root/_assay/rebuild/silver.orders/...    a table made anew beside the one that people read
 * </pre>
 *
 * @param root absolute, with its scheme
 * @param imports tables of other warehouses, by their names here; they are only read
 */
public record Warehouse(Path root, Map<TableName, Imported> imports) {
  public Warehouse {
    imports = Map.copyOf(imports);
  }

  /** A warehouse that knows no other. */
  public Warehouse(Path root) {
    this(root, Map.of());
  }

  /**
   * A table that lies in another warehouse.
   *
   * @param root the other's
   * @param table its name there
   */
  public record Imported(Path root, TableName table) {}

  /** The Delta table's folder, wherever it lies. */
  public Path path(TableName table) {
    Imported imported = imports.get(table);
    return imported == null ? path(root, table) : path(imported.root(), imported.table());
  }

  private static Path path(Path root, TableName table) {
    return new Path(new Path(root, table.layer().label()), table.name());
  }

  /** The table's intents, accounts and lease. */
  public Path ledger(TableName table) {
    return new Path(new Path(root, "_assay/ledger"), table.toString());
  }

  /** The parent of every table's ledger. */
  public Path ledgers() {
    return new Path(root, "_assay/ledger");
  }

  /** The lease of all {@code ops} tables. */
  public Path opsLease() {
    return new Path(root, "_assay/leases/ops");
  }

  /** How streams stand. */
  public Path streams() {
    return new Path(root, "_assay/streams");
  }

  /** The table's batches in preparation. */
  public Path staging(TableName table) {
    return new Path(new Path(root, "_assay/staging"), table.toString());
  }

  /**
   * A warehouse of its own, where a table is made anew while people read the one that is here.
   *
   * @param source what the table is made from; it is read where it lies
   */
  public Warehouse beside(TableName table, TableName source) {
    return new Warehouse(
        new Path(new Path(root, "_assay/rebuild"), table.toString()),
        Map.of(source, imports.getOrDefault(source, new Imported(root, source))));
  }
}
