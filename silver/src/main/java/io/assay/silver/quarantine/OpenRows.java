package io.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.silver.history.Refused;
import io.assay.table.QuarantineColumns;
import io.assay.table.RowColumns;
import java.sql.Timestamp;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of a quarantine table that a replay can take: those of this epoch that were not
 * released. Losers of a tie are none of them, since the winner depends on content alone.
 */
public final class OpenRows {
  private final Dataset<Row> rows;

  /**
   * Finds them.
   *
   * @param quarantine the whole table
   * @param firstBatch the first batch of the epoch
   */
  public OpenRows(Dataset<Row> quarantine, long firstBatch) {
    this.rows =
        quarantine.where(
            col(QuarantineColumns.RELEASED_BATCH)
                .isNull()
                .and(col(QuarantineColumns.BRONZE_VERSION).isNotNull())
                .and(col(RowColumns.BATCH).geq(firstBatch))
                .and(not(array_contains(col(QuarantineColumns.RULES), Refused.TIE))));
  }

  /** Those that a batch means. */
  public Dataset<Row> of(Quarantined input) {
    return between(input.after(), input.upTo()).where(fits(input.filter()));
  }

  /**
   * Those that were refused by batches that read a part of bronze.
   *
   * @param after exclusive
   * @param upTo inclusive
   */
  public Dataset<Row> between(long after, long upTo) {
    Column version = col(QuarantineColumns.BRONZE_VERSION);
    return rows.where(version.gt(after).and(version.leq(upTo)));
  }

  /**
   * How many rows there are.
   *
   * @param open all
   * @param fitting those that fit a filter
   */
  public record Rows(long open, long fitting) {}

  /** By the last version of bronze that the batch read which refused them. */
  public TreeMap<Long, Rows> byBronzeVersion(Filter filter) {
    TreeMap<Long, Rows> found = new TreeMap<>();
    rows.groupBy(QuarantineColumns.BRONZE_VERSION)
        .agg(count(lit(1)), count(when(fits(filter), 1)))
        .collectAsList()
        .forEach(row -> found.put(row.getLong(0), new Rows(row.getLong(1), row.getLong(2))));
    return found;
  }

  private static Column fits(Filter filter) {
    Column fits = lit(true);
    if (filter.rule().isPresent()) {
      fits = fits.and(array_contains(col(QuarantineColumns.RULES), filter.rule().get()));
    }
    if (filter.since().isPresent()) {
      Column since = lit(Timestamp.from(filter.since().get()));
      fits = fits.and(col(QuarantineColumns.QUARANTINED_AT).geq(since));
    }
    return fits.and(not(hasAny(QuarantineColumns.RULES, filter.butRules())))
        .and(not(hasAny(QuarantineColumns.REPLAYS, filter.notTriedBy())));
  }

  private static Column hasAny(String column, List<?> values) {
    return values.isEmpty()
        ? lit(false)
        : arrays_overlap(
            col(column), array(values.stream().map(functions::lit).toArray(Column[]::new)));
  }
}
