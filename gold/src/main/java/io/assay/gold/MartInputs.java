package io.assay.gold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.batch.LookUps;
import io.assay.config.Mart;
import io.assay.error.AssayException;
import io.assay.job.JobContext;
import io.assay.table.CommitTag;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a mart's batches are made of: the tables that its query reads, those that its rules look at,
 * and what earlier batches have used.
 */
final class MartInputs {
  private static final String NOTE = "inputs";

  private final JobContext context;
  private final TableName mart;
  private final List<TableName> tables;
  private final Set<TableName> lookUps;
  private final TableCatalog catalog;

  MartInputs(JobContext context, Mart mart) {
    this.context = context;
    this.mart = TableName.gold(mart.name());
    this.tables = List.copyOf(new TreeSet<>(mart.inputs()));
    this.lookUps = mart.contract().lookUps();
    this.catalog = new TableCatalog(context.spark(), context.project().warehouse());
  }

  /** The tag of a mart's commit, which tells the version of each input that the mart is made of. */
  static CommitTag noted(CommitTag tag, BatchInput input) {
    ObjectNode note = JsonNodeFactory.instance.objectNode();
    for (TableRange range : input.ranges()) {
      note.putObject(range.table().toString())
          .put("id", range.tableId())
          .put("version", range.upTo());
    }
    return tag.noting(NOTE, note);
  }

  /** The mart itself. */
  TableName mart() {
    return mart;
  }

  /** The tables behind public names, as they are now. */
  TableCatalog catalog() {
    return catalog;
  }

  /** What the mart's batches have done. */
  BatchLedger ledger() {
    return BatchLedger.of(context.spark(), context.project().warehouse(), mart);
  }

  /**
   * The state of an input.
   *
   * @throws AssayException if it does not exist yet
   */
  TableState existing(TableName input) {
    return catalog.existing(input, mart + " reads");
  }

  /**
   * All inputs by their public names, up to what they are now.
   *
   * @param used from where on; an input that it does not have, that was made anew since, or that
   *     was put back from a backup counts from its beginning
   * @throws AssayException if one of them does not exist yet
   */
  BatchInput since(Optional<BatchInput> used) {
    List<TableRange> ranges = new ArrayList<>();
    for (TableName table : tables) {
      TableState now = existing(table);
      long after =
          used.flatMap(input -> input.range(table))
              .filter(catalog::has)
              .map(TableRange::upTo)
              .orElse(-1L);
      ranges.add(catalog.range(table, after, now));
    }
    return new BatchInput.Tables(ranges);
  }

  /** Whether they are the inputs that were used, and hold what they held then. */
  boolean unchanged(BatchInput used) {
    return same(used) && used.ranges().stream().allMatch(catalog::isAt);
  }

  /** Whether they are the inputs that were used, and what was read of them can be read again. */
  boolean has(BatchInput used) {
    return same(used) && used.ranges().stream().allMatch(catalog::has);
  }

  private boolean same(BatchInput used) {
    return used.ranges().stream().map(TableRange::table).toList().equals(tables);
  }

  /** Whether the newest batch that was done had a definition that gives the same rows. */
  boolean lastHad(JsonNode definition) {
    return ledger()
        .lastDone()
        .map(FinishedBatch::intent)
        .map(Intent::configuration)
        .filter(last -> MartDefinition.sameRows(definition, last))
        .isPresent();
  }

  /** The tables that its rules look at, and its own, which a batch may change in part. */
  Map<TableName, TableState> pins() {
    Map<TableName, TableState> pins = new TreeMap<>(LookUps.states(catalog, lookUps));
    pins.put(mart, catalog.state(mart));
    return pins;
  }
}
