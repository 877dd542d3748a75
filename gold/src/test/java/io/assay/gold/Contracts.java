package io.assay.gold;

import io.assay.contract.BatchRule;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.RowRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** Contracts for tests, from columns written {@code name type}. */
final class Contracts {
  private Contracts() {}

  /** The first {@code keys} columns are the key. */
  static Contract of(
      String description,
      int keys,
      List<RowRule> rowRules,
      List<BatchRule> batchRules,
      String... columns) {
    return new Contract(
        "id",
        "1.0.0",
        "name",
        Optional.empty(),
        Optional.of(description).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Arrays.stream(columns)
            .map(column -> column(column, Arrays.asList(columns).indexOf(column), keys))
            .toList(),
        rowRules,
        batchRules);
  }

  static Contract of(String... columns) {
    return of("", 0, List.of(), List.of(), columns);
  }

  private static ContractColumn column(String text, int index, int keys) {
    String[] parts = text.split(" ", 2);
    return new ContractColumn(
        parts[0],
        Optional.empty(),
        DataType.fromDDL(parts[1]),
        false,
        index < keys ? Optional.of(index + 1) : Optional.empty(),
        Optional.empty(),
        false,
        Optional.of("The " + parts[0] + "."));
  }
}
