package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.assay.batch.StagedRows;
import io.assay.batch.StagingFolder;
import io.assay.table.TableCatalog;
import io.assay.table.TableFeed;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.RowOrdering$;

/**
 * The rows that a mart's inputs had before and have now, as far as they differ in the columns that
 * its query uses.
 */
final class InputChanges {
  private static final String ROWS = "rows";

  private final TableCatalog catalog;
  private final StagingFolder staging;
  private final Map<TableName, Dataset<Row>> rows = new TreeMap<>();
  private final List<String> counts = new ArrayList<>();

  InputChanges(TableCatalog catalog, StagingFolder staging) {
    this.catalog = catalog;
    this.staging = staging;
  }

  /**
   * Takes the changes of each input.
   *
   * @param columns of each input, which the query uses
   * @return why they cannot be told; empty if they are
   */
  Optional<String> take(List<TableRange> ranges, Map<TableName, Set<String>> columns) {
    for (TableRange range : ranges) {
      if (range.after() == range.upTo()) {
        continue;
      }
      Optional<String> gap = catalog.gap(range);
      if (gap.isPresent()) {
        return gap;
      }
      try {
        take(range, columns.getOrDefault(range.table(), Set.of()));
      } catch (Exception e) {
        if (TableFeed.isGone(e)) {
          return Optional.of(
              "%s was vacuumed past its version %d, which was used last"
                  .formatted(range.table(), range.after()));
        }
        throw e;
      }
    }
    return Optional.empty();
  }

  private void take(TableRange range, Set<String> used) {
    Dataset<Row> changes = catalog.changes(range);
    Column[] columns =
        Arrays.stream(changes.columns())
            .filter(name -> !name.equals(TableFeed.SIGN))
            .filter(name -> used.isEmpty() || used.contains(name))
            .map(name -> col("`" + name.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    StagedRows taken =
        StagedRows.write(
            staging.file("changes-" + range.table()),
            net(changes, columns),
            List.of(count(lit(1)).as(ROWS)),
            kept -> kept);
    if (taken.number(ROWS) > 0) {
      rows.put(range.table(), taken.read(staging.spark()));
      counts.add("%d of %s".formatted(taken.number(ROWS), range.table()));
    }
  }

  /** What came and went as it was cancels out, where its columns can be compared. */
  private static Dataset<Row> net(Dataset<Row> changes, Column[] columns) {
    boolean comparable = comparable(changes.select(columns));
    if (!comparable) {
      return changes.select(columns);
    }
    return changes
        .groupBy(columns)
        .agg(sum(col(TableFeed.SIGN)).as(TableFeed.SIGN))
        .where(col(TableFeed.SIGN).notEqual(0))
        .select(columns);
  }

  /** Whether rows can be grouped by all their columns. */
  static boolean comparable(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .allMatch(field -> RowOrdering$.MODULE$.isOrderable(field.dataType()));
  }

  /** The changed rows of each input that has any. */
  Map<TableName, Dataset<Row>> rows() {
    return rows;
  }

  /** How many there are, for people. */
  String told() {
    return counts.isEmpty() ? "none" : String.join(", ", counts);
  }
}
