package io.assay.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Delta table has besides its rows and their schema.
 *
 * @param comment what the table is for; empty for none
 * @param partitions the columns it is partitioned by, in order
 * @param properties of Delta's, as {@link TableProperties} chooses them
 */
public record TableDescription(
    Optional<String> comment, List<String> partitions, Map<String, String> properties) {
  public TableDescription {
    partitions = List.copyOf(partitions);
    properties = Map.copyOf(properties);
  }
}
