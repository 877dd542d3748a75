package io.assay.contract;

import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an Open Data Contract Standard 3.1.0 document says that Assay acts on. The rest of the
 * document is accepted and left alone.
 *
 * @param domain the business domain; empty if not given
 * @param description what the table is for; becomes the table's comment
 * @param owner who answers for it
 * @param columns in order
 * @param rowRules judged row by row, in the pass that writes
 * @param batchRules judged on the whole batch before anything is published
 */
public record Contract(
    String id,
    String version,
    String name,
    Optional<String> domain,
    Optional<String> description,
    Optional<String> owner,
    List<ContractColumn> columns,
    List<RowRule> rowRules,
    List<BatchRule> batchRules) {

  /** The same with more columns behind its own. */
  public Contract withColumns(List<ContractColumn> more) {
    List<ContractColumn> all = new ArrayList<>(columns);
    all.addAll(more);
    return new Contract(
        id, version, name, domain, description, owner, List.copyOf(all), rowRules, batchRules);
  }

  /** The same without the rules that compare a batch, and not the table, with earlier ones. */
  public Contract withoutDeviations() {
    return only(rule -> rule.deviation().isEmpty() || rule.on() == JudgedRows.TABLE);
  }

  /** Whether there are rules on the whole table. */
  public boolean judgesTable() {
    return batchRules.stream().anyMatch(rule -> rule.on() == JudgedRows.TABLE);
  }

  /** The same without the rules on the whole table. */
  public Contract withoutTableRules() {
    return only(rule -> rule.on() != JudgedRows.TABLE);
  }

  private Contract only(Predicate<BatchRule> wanted) {
    List<BatchRule> rules = batchRules.stream().filter(wanted).toList();
    return new Contract(id, version, name, domain, description, owner, columns, rowRules, rules);
  }

  /** The other tables that rules compare rows with. */
  public Set<TableName> lookUps() {
    return batchRules.stream()
        .flatMap(rule -> rule.measure().lookUp().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The columns of the primary key, in the order of their positions; empty if there is none. */
  public List<ContractColumn> key() {
    return columns.stream()
        .filter(column -> column.keyPosition().isPresent())
        .sorted(java.util.Comparator.comparing(column -> column.keyPosition().get()))
        .toList();
  }
}
