package io.assay.app.plan;

import io.assay.batch.BatchLedger;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import io.assay.table.Warehouse.Imported;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The batches that bring a job new input.
 *
 * @param ledger of the table that the job reads
 * @param names what the tables that the ledger speaks of are called here; empty: the same
 */
record Feed(BatchLedger ledger, Map<TableName, TableName> names) {

  /** The feed of a table of this project. */
  static Feed of(BatchLedger ledger) {
    return new Feed(ledger, Map.of());
  }

  /** The feeds of those of the inputs that are other projects' tables. */
  static List<Feed> imported(
      Warehouse warehouse, Collection<TableName> inputs, Configuration configuration) {
    Map<Imported, Map<TableName, TableName>> names = new HashMap<>();
    for (TableName input : inputs) {
      Imported imported = warehouse.imports().get(input);
      if (imported != null) {
        names
            .computeIfAbsent(
                new Imported(imported.root(), imported.table().currentRows()),
                writer -> new TreeMap<>())
            .put(imported.table(), input);
      }
    }
    return names.entrySet().stream().map(entry -> feed(entry, configuration)).toList();
  }

  /** What a table is called here; empty if it is none that the job reads. */
  Optional<TableName> named(TableName written) {
    if (names.isEmpty()) {
      return Optional.of(written);
    }
    return Optional.ofNullable(names.getOrDefault(written, names.get(written.currentRows())));
  }

  private static Feed feed(
      Entry<Imported, Map<TableName, TableName>> feed, Configuration configuration) {
    Imported writer = feed.getKey();
    BatchLedger ledger =
        new BatchLedger(new Warehouse(writer.root()), writer.table(), configuration);
    return new Feed(ledger, feed.getValue());
  }
}
