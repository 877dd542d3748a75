package io.assay.gold.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.LedgerJson;
import io.assay.config.Destination;
import io.assay.config.Mart;
import io.assay.config.Publication;
import io.assay.contract.ContractColumn;
import io.assay.contract.ResolvedJson;
import io.assay.table.TableName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that shapes a publication, but no secret.
 *
 * @param mart the table that goes out
 * @param columns in the order of the publication
 */
record PublishDefinition(
    TableName mart, List<PublishedColumn> columns, Destination to, Publication.Mode mode) {
  static PublishDefinition of(Mart mart, Publication publication) {
    Map<String, ContractColumn> known =
        mart.contract().columns().stream()
            .collect(Collectors.toMap(ContractColumn::name, Function.identity()));
    Map<String, String> columns = new LinkedHashMap<>(publication.columns());
    if (columns.isEmpty()) {
      mart.contract().columns().forEach(column -> columns.put(column.name(), column.name()));
    }
    return new PublishDefinition(
        TableName.gold(mart.name()),
        columns.entrySet().stream()
            .map(
                entry -> {
                  ContractColumn column = known.get(entry.getValue());
                  return new PublishedColumn(
                      entry.getKey(), column.name(), column.type(), column.keyPosition().orElse(0));
                })
            .toList(),
        publication.to(),
        publication.mode());
  }

  static PublishDefinition read(JsonNode tree) {
    return ResolvedJson.read(tree, PublishDefinition.class);
  }

  /** The columns that name a row, in the order of the key. */
  List<PublishedColumn> key() {
    return columns.stream()
        .filter(column -> column.keyPosition() > 0)
        .sorted(Comparator.comparingInt(PublishedColumn::keyPosition))
        .toList();
  }

  /** The other columns. */
  List<PublishedColumn> values() {
    return columns.stream().filter(column -> column.keyPosition() == 0).toList();
  }

  /** Equal for publications with the same columns in the same place: what is there can be kept. */
  String rows() {
    return LedgerJson.hash(ResolvedJson.tree(List.of(mart, columns, to.connection(), to.place())));
  }

  /** As it reads back from a ledger, so that it can be compared with what does. */
  JsonNode tree() {
    return ResolvedJson.readBack(this);
  }
}
