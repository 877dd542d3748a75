package io.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.assay.batch.Verdict;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractSchema;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.windows.LateArrivals;
import io.assay.gold.windows.WindowMarks;
import io.assay.gold.windows.WindowedQuery;
import io.assay.table.CommitTag;
import io.assay.table.RowColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableDescription;
import io.assay.table.TableProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The windows that a batch closes, staged where no reader looks.
 *
 * @param marks what the batch leaves to the next one
 * @param staged their rows; empty if the watermark stayed where it was
 */
record ClosedWindows(
    WindowEvents events,
    MartDefinition definition,
    WindowMarks marks,
    Optional<StagedMart> staged) {
  private static final String WATERMARK = "watermark";

  /**
   * Computes the windows that are open no more.
   *
   * @throws AssayException with exit code 4 if the query does not give rows window by window
   */
  static ClosedWindows write(
      WindowEvents events, WindowEvents.Arrived arrived, MartDefinition definition, Path path) {
    WindowMarks before = events.before().orElse(WindowMarks.NONE);
    List<LateArrivals> late = new ArrayList<>(before.late());
    arrived.arrivals().ifPresent(late::add);
    WindowMarks open =
        new WindowMarks(before.watermark(), before.lowMark(), late, arrived.arrivals());
    Dataset<Row> rows = rows(events, definition, open);
    WindowedQuery query = query(events, rows);
    Optional<Instant> watermark =
        arrived
            .newest()
            .map(newest -> query.watermark(newest, events.windows().lateness()))
            .filter(mark -> before.watermark().filter(old -> !mark.isAfter(old)).isEmpty())
            .or(before::watermark);
    if (!events.first() && watermark.equals(before.watermark())) {
      return new ClosedWindows(events, definition, open, Optional.empty());
    }
    Dataset<Row> closed =
        query.settled(rows).where(query.closed(watermark)).where(query.open(before.watermark()));
    ContractFit fit =
        new ContractFit(events.intent().table(), definition.contract(), rows.schema());
    StagedMart staged = StagedMart.write(closed, fit, path);
    Optional<Instant> low = watermark.map(mark -> query.lowMark(events.spark(), mark));
    List<LateArrivals> needed =
        late.stream().filter(one -> !one.newest().isBefore(low.orElse(Instant.MIN))).toList();
    return new ClosedWindows(
        events,
        definition,
        new WindowMarks(watermark, low, needed, arrived.arrivals()),
        Optional.of(staged));
  }

  private static Dataset<Row> rows(
      WindowEvents events, MartDefinition definition, WindowMarks open) {
    TableCatalog catalog = new TableCatalog(events.spark(), events.warehouse());
    return new MartQuery(events.spark(), catalog, events.intent())
        .rows(definition, Map.of(events.windows().of(), events.open(open)));
  }

  private static WindowedQuery query(WindowEvents events, Dataset<Row> rows) {
    WindowedQuery query =
        WindowedQuery.of(
            rows.queryExecution().analyzed(), events.windows().of(), events.windows().time());
    if (!query.obstacles().isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "%s cannot be made of windows: %s"
              .formatted(events.intent().table(), String.join("; ", query.obstacles())));
    }
    return query;
  }

  long rows() {
    return staged.map(StagedMart::rows).orElse(0L);
  }

  /** The first batch makes the table, be it empty. */
  boolean changes() {
    return events.first() || rows() > 0;
  }

  Verdict judged(MartRules rules) {
    if (!changes()) {
      return Verdict.PASS;
    }
    StagedMart added = staged.orElseThrow();
    if (events.first()) {
      return rules.judge(added, events.intent().decision());
    }
    Column[] columns =
        definition.contract().columns().stream()
            .map(ContractColumn::name)
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    Dataset<Row> before =
        new TableCatalog(events.spark(), events.warehouse())
            .read(
                events.intent().table(), events.intent().pinned(events.intent().table()).version())
            .select(columns);
    return rules.judge(added, before.unionByName(added.stored()), events.intent().decision());
  }

  void publish(CommitTag tag) {
    ContractSchema schema = new ContractSchema(definition.contract());
    Dataset<Row> rows =
        schema.described(
            staged
                .orElseThrow()
                .stored()
                .withColumn(RowColumns.BATCH, lit(events.intent().batch())));
    TableDescription description =
        new TableDescription(
            definition.contract().description(),
            List.of(),
            TableProperties.appended(TableProperties.of(rows.schema(), schema.personal())));
    CommitTag told =
        tag.noting(
            WATERMARK,
            JsonNodeFactory.instance.textNode(marks.watermark().map(Instant::toString).orElse("")));
    new EpochTable(events, events.intent().table()).commit(rows, description, told);
  }
}
