package io.assay.app.stream;

import io.assay.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The jobs of a continuous dataset or mart, which are done over and over.
 *
 * @param tables the tables that they fill, each after the one it reads; at least one
 * @param every how long it is from the start of one pass to the start of the next
 * @param upstream the jobs outside that fill what these read or look at
 */
public record Query(List<TableName> tables, Duration every, Set<TableName> upstream) {
  public Query {
    tables = List.copyOf(tables);
    upstream = Set.copyOf(upstream);
  }

  /** The last table, which is what people wait for; names the query. */
  public TableName name() {
    return tables.get(tables.size() - 1);
  }
}
