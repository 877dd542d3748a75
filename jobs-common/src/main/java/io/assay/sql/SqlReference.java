package io.assay.sql;

import io.assay.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A relation that a query reads, where it is named.
 *
 * @param parts the name as written, without quotes: {@code [silver, orders]}
 * @param table the table it names; empty if it is no public name, as {@code orders} or a path
 * @param line from 1
 * @param column from 1
 */
public record SqlReference(List<String> parts, Optional<TableName> table, int line, int column) {
  public SqlReference {
    parts = List.copyOf(parts);
  }
}
