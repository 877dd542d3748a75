package io.assay.bronze.landing;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchLedger;
import io.assay.batch.ColumnChange;
import io.assay.batch.ColumnChange.Kind;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.batch.SchemaNote;
import io.assay.batch.SeenColumns;
import io.assay.job.JobContext;
import io.assay.table.CommitTag;
import io.assay.table.SourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The source's columns in one batch, as the rows that are read tell them, beside those of the batch
 * before. The commit that lands the rows keeps them, for a batch that is completed after a crash.
 */
final class LandedColumns {
  private static final String NOTE = "columns";

  private final BatchLedger ledger;
  private final long batch;
  private final Supplier<StructType> table;
  private Optional<SchemaNote> landed = Optional.empty();

  /**
   * @param table the bronze table's columns; none if there is no table yet
   */
  LandedColumns(JobContext context, Intent intent, Supplier<StructType> table) {
    this.ledger = BatchLedger.of(context.spark(), context.project().warehouse(), intent.table());
    this.batch = intent.batch();
    this.table = table;
  }

  /** Takes the columns of rows that are to land; gives the tag of their commit, with a note. */
  CommitTag noted(StructType rows, CommitTag tag) {
    Map<String, String> columns = named(rows);
    Optional<SeenColumns> before = SeenColumns.before(ledger).or(this::stored);
    SchemaNote note =
        new SchemaNote(
            before.orElse(SeenColumns.NONE).then(columns, batch),
            before
                .map(seen -> seen.changes(columns, Optional.empty(), LandedColumns::action))
                .orElse(List.of()));
    landed = Optional.of(note);
    return tag.noting(NOTE, LedgerJson.tree(note));
  }

  /** Takes what was noted when the rows landed. */
  void recall(JsonNode commit) {
    landed =
        Optional.ofNullable(commit.get(NOTE)).map(note -> LedgerJson.value(note, SchemaNote.class));
  }

  /**
   * What the batch knows of columns.
   *
   * @param refused changes that its source met and did not land
   */
  Optional<SchemaNote> note(List<ColumnChange> refused) {
    Optional<SchemaNote> told =
        landed.or(() -> SeenColumns.before(ledger).map(seen -> new SchemaNote(seen, List.of())));
    if (refused.isEmpty()) {
      return told;
    }
    SchemaNote note = told.orElse(new SchemaNote(SeenColumns.NONE, List.of()));
    List<ColumnChange> all = new ArrayList<>(note.changes());
    all.addAll(refused);
    return Optional.of(new SchemaNote(note.seen(), all));
  }

  /** What a table has whose batches noted no columns yet; empty if there is none. */
  private Optional<SeenColumns> stored() {
    Map<String, String> columns = named(table.get());
    return table.get().isEmpty() ? Optional.empty() : Optional.of(SeenColumns.NONE.then(columns));
  }

  private static Map<String, String> named(StructType schema) {
    Map<String, String> columns = new TreeMap<>();
    for (StructField field : schema.fields()) {
      if (!SourceNames.INTERNAL.contains(field.name())) {
        columns.put(field.name(), field.dataType().catalogString());
      }
    }
    return columns;
  }

  private static String action(Kind kind) {
    return switch (kind) {
      case APPEARED -> "added to the table";
      case DISAPPEARED -> "null in new rows";
      case RETURNED -> "filled again";
      case RETYPED -> "taken as it is";
    };
  }
}
