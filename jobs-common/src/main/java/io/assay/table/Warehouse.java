package io.assay.table;

import org.apache.hadoop.fs.Path;

/**
 * Where everything lies: one root folder on any Hadoop file system. The paths are the truth; names
 * in a catalog only point at them.
 *
 * <pre>
 *   root/bronze/orders  root/silver/orders__events  root/quarantine/orders  root/gold/daily_sales   Delta tables
 *   root/_assay/ledger/silver.orders/...     intents, accounts, lease
 *   root/_assay/staging/silver.orders/...    batches in preparation, invisible to readers
 * </pre>
 *
 * @param root absolute, with its scheme
 */
public record Warehouse(Path root) {

  /** The Delta table's folder. */
  public Path path(TableName table) {
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

  /** One batch in preparation. */
  public Path staging(TableName table, long batch) {
    return new Path(
        new Path(new Path(root, "_assay/staging"), table.toString()), Long.toString(batch));
  }
}
