package io.assay.config;

import io.assay.contract.BatchRule;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import io.assay.quality.measure.Measure;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;

/** Whether the tables that rules compare rows with are there, and have the columns. */
final class LookUpCheck {
  private final Path root;
  private final Problems problems;
  private final Set<TableName> imported;
  private final Map<TableName, Optional<Contract>> known = new TreeMap<>();
  private final Map<TableName, Path> folders = new LinkedHashMap<>();

  /**
   * @param root of the project
   * @param imported the tables of other projects, by their names here; of their columns nothing is
   *     known
   */
  LookUpCheck(Path root, Problems problems, Set<TableName> imported) {
    this.root = root;
    this.problems = problems;
    this.imported = imported;
  }

  void check(Map<String, Dataset> datasets, Map<String, Mart> marts) {
    datasets.forEach(
        (name, dataset) -> {
          add(TableName.silver(name), dataset.contract(), dataset.folder());
          if (keepsVersions(dataset.pipeline())) {
            known.put(TableName.history(name), Optional.ofNullable(dataset.contract()));
          }
        });
    marts.forEach((name, mart) -> add(TableName.gold(name), mart.contract(), mart.folder()));
    folders
        .keySet()
        .forEach(table -> known.get(table).ifPresent(contract -> check(table, contract)));
  }

  /** What could not be read of a pipeline was reported, and may have said so. */
  private static boolean keepsVersions(DatasetPipeline pipeline) {
    return pipeline == null
        || pipeline.history() == null
        || pipeline.history().keep() == History.Keep.SCD2;
  }

  private void add(TableName table, Contract contract, Path folder) {
    known.put(table, Optional.ofNullable(contract));
    folders.put(table, folder);
  }

  private void check(TableName table, Contract contract) {
    for (BatchRule rule : contract.batchRules()) {
      if (rule.measure() instanceof Measure.References references) {
        objection(table, contract, references)
            .ifPresent(
                message ->
                    problems.add(
                        Folders.contract(root, folders.get(table)),
                        "",
                        "rule " + rule.name() + ": " + message));
      }
    }
  }

  private Optional<String> objection(
      TableName table, Contract contract, Measure.References references) {
    TableName other = references.table();
    if (other.currentRows().equals(table)) {
      return Optional.of("a table cannot be looked up while it is written; name another");
    } else if (other.layer() == Layer.GOLD && table.layer() != Layer.GOLD) {
      return Optional.of("marts come after " + table + "; name a table of silver, not " + other);
    } else if (imported.contains(other)) {
      return Optional.empty();
    } else if (!known.containsKey(other)) {
      List<String> names = known.keySet().stream().map(TableName::toString).toList();
      return Optional.of("there is no table " + other + Nearest.hint(other.toString(), names));
    }
    return known.get(other).flatMap(referenced -> misfit(contract, references, referenced));
  }

  private static Optional<String> misfit(
      Contract contract, Measure.References references, Contract referenced) {
    for (int i = 0; i < references.columns().size(); i++) {
      String name = references.referenced().get(i);
      Optional<ContractColumn> there = column(referenced, name);
      if (there.isEmpty()) {
        List<String> names = referenced.columns().stream().map(ContractColumn::name).toList();
        return Optional.of(
            references.table() + " has no column '" + name + "'" + Nearest.hint(name, names));
      }
      DataType own = column(contract, references.columns().get(i)).orElseThrow().type();
      DataType other = there.get().type();
      if (own != null && other != null && !own.equals(other)) {
        return Optional.of(
            "%s is %s, and %s of %s is %s; give them one type"
                .formatted(
                    references.columns().get(i),
                    own.simpleString(),
                    name,
                    references.table(),
                    other.simpleString()));
      }
    }
    return Optional.empty();
  }

  private static Optional<ContractColumn> column(Contract contract, String name) {
    return contract.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
