package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.BatchLedger;
import io.assay.batch.FinishedBatch;
import io.assay.batch.Intent;
import io.assay.batch.PastBatches;
import io.assay.config.Windows;
import io.assay.gold.windows.LateArrivals;
import io.assay.gold.windows.WindowMarks;
import io.assay.gold.windows.WindowedQuery;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the query of a mart of windows gives for all windows that its batches have closed, computed
 * from all events at once. Batches that had the same look-ups are one computation.
 */
record WindowProof(SparkSession spark, Warehouse warehouse, FinishedBatch published) {

  /**
   * Batches next to each other that looked things up in the same versions.
   *
   * @param last the newest of them
   * @param from the watermark before the first
   * @param upTo the watermark after the last
   */
  private record Stretch(Intent last, Optional<Instant> from, Optional<Instant> upTo) {}

  /** One comparison: what should be in the mart, and which of its rows are meant. */
  record Part(Dataset<Row> expected, Column found) {}

  private BatchLedger ledger() {
    return BatchLedger.of(spark, warehouse, published.intent().table());
  }

  /** All there is to compare; each row of the mart is in one part. */
  List<Part> parts(MartDefinition definition) {
    Set<LateArrivals> late = new LinkedHashSet<>();
    List<Stretch> stretches = stretches(definition.windows().orElseThrow(), late);
    List<Part> parts = new ArrayList<>();
    for (Stretch stretch : stretches) {
      boolean last = stretch == stretches.get(stretches.size() - 1);
      parts.add(part(definition, stretch, List.copyOf(late), last));
    }
    return parts;
  }

  private List<Stretch> stretches(Windows windows, Set<LateArrivals> late) {
    List<FinishedBatch> batches =
        ledger()
            .doneAfter(0)
            .filter(batch -> batch.intent().epoch() == published.intent().epoch())
            .filter(batch -> batch.intent().batch() <= published.intent().batch())
            .filter(batch -> PastBatches.published(batch.intent()))
            .toList();
    List<Stretch> stretches = new ArrayList<>();
    Optional<Instant> watermark = Optional.empty();
    for (FinishedBatch batch : batches) {
      WindowMarks marks =
          ledger().states(batch.intent().batch()).flatMap(WindowMarks::of).orElse(WindowMarks.NONE);
      marks.arrivals().ifPresent(late::add);
      int newest = stretches.size() - 1;
      if (newest < 0 || !sameLookUps(stretches.get(newest).last(), batch.intent(), windows)) {
        stretches.add(new Stretch(batch.intent(), watermark, marks.watermark()));
      } else {
        stretches.set(
            newest, new Stretch(batch.intent(), stretches.get(newest).from(), marks.watermark()));
      }
      watermark = marks.watermark();
    }
    return stretches;
  }

  private static boolean sameLookUps(Intent one, Intent other, Windows windows) {
    return lookUps(one, windows).equals(lookUps(other, windows));
  }

  private static List<String> lookUps(Intent intent, Windows windows) {
    return intent.input().ranges().stream()
        .filter(range -> !range.table().equals(windows.of()))
        .map(range -> range.table() + " " + range.tableId() + " " + range.upTo())
        .toList();
  }

  /** No event outside the stretch belongs to a window that was closed in it. */
  private Part part(
      MartDefinition definition, Stretch stretch, List<LateArrivals> late, boolean last) {
    Windows windows = definition.windows().orElseThrow();
    TableRange range = published.intent().input().range(windows.of()).orElseThrow();
    Column time = col("`" + windows.time() + "`");
    Dataset<Row> events = new TableLog(spark, warehouse, windows.of()).read(range.upTo());
    if (!late.isEmpty()) {
      events = events.where(WindowMarks.onTime(late, col(RowColumns.BATCH), time));
    }
    Dataset<Row> rows =
        new MartQuery(spark, new TableCatalog(spark, warehouse), stretch.last())
            .rows(
                definition,
                Map.of(
                    windows.of(),
                    TableCatalog.withoutInternal(
                        events.where(
                            stretch.upTo().map(mark -> time.lt(lit(mark))).orElse(lit(false))))));
    WindowedQuery query =
        WindowedQuery.of(rows.queryExecution().analyzed(), windows.of(), windows.time());
    Column opened = query.open(stretch.from());
    Column closed = query.closed(stretch.upTo());
    TableName table = published.intent().table();
    ContractFit fit = new ContractFit(table, definition.contract(), rows.schema());
    // What has no end, or one to come, is in the last part, so that nothing is left out.
    Column found = last ? opened.or(col("`" + query.end() + "`").isNull()) : opened.and(closed);
    return new Part(query.settled(rows).where(opened.and(closed)).select(fit.columns()), found);
  }
}
