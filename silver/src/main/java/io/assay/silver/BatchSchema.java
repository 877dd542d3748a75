package io.assay.silver;

import io.assay.batch.ColumnChange;
import io.assay.batch.ColumnChange.Kind;
import io.assay.batch.SchemaNote;
import io.assay.batch.SeenColumns;
import io.assay.config.DatasetPipeline.Drift;
import io.assay.contract.ContractColumn;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.conform.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a batch of a silver table tells of columns: those that the contract gained, lost or typed
 * anew, those that the source brought, and its fields that became none.
 *
 * @param planned as the intent has it
 * @param done with the columns that the source brought
 * @param unknown fields that became no column
 */
record BatchSchema(CleanConfiguration planned, CleanConfiguration done, List<String> unknown) {

  /**
   * The note for the ledger.
   *
   * @param before what the batches before have seen; empty for the first
   */
  SchemaNote note(Optional<SeenColumns> before) {
    SeenColumns seen = before.orElse(SeenColumns.NONE);
    List<ColumnChange> changes = new ArrayList<>();
    if (before.isPresent()) {
      seen.changes(columns(done), Optional.empty(), kind -> "as the contract says").stream()
          .map(this::told)
          .forEach(changes::add);
    } else {
      brought().forEach(name -> changes.add(added(name)));
    }
    List<String> fresh =
        unknown.stream()
            .filter(field -> !seen.unknown().contains(field))
            .limit(Math.max(0, FieldNames.MOST - seen.unknown().size()))
            .toList();
    fresh.forEach(field -> changes.add(aside(field)));
    return new SchemaNote(seen.then(columns(done)).withUnknown(fresh), changes);
  }

  /** The columns that the source brought. */
  List<String> brought() {
    Map<String, String> contract = columns(planned);
    return columns(done).keySet().stream().filter(name -> !contract.containsKey(name)).toList();
  }

  private ColumnChange told(ColumnChange change) {
    boolean appeared = change.kind() == Kind.APPEARED || change.kind() == Kind.RETURNED;
    if (appeared && brought().contains(change.column())) {
      return added(change.column());
    }
    return change;
  }

  private ColumnChange added(String column) {
    return new ColumnChange(
        column,
        Kind.APPEARED,
        Optional.empty(),
        Optional.of("string"),
        Optional.of(policy()),
        "added to silver");
  }

  private ColumnChange aside(String field) {
    String kept = planned.keepsHistory() ? "left in bronze" : "kept in _rescued";
    return new ColumnChange(
        field,
        Kind.APPEARED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(policy()),
        planned.drift() == Drift.EVOLVE ? "no column could be added: " + kept : kept);
  }

  private String policy() {
    return planned.drift().name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> columns(CleanConfiguration configuration) {
    Map<String, String> columns = new TreeMap<>();
    for (ContractColumn column : configuration.contract().columns()) {
      columns.put(column.name(), column.type().catalogString());
    }
    return columns;
  }
}
