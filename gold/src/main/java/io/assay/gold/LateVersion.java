package io.assay.gold;

import io.assay.batch.Intent;
import io.assay.batch.StagedRows;
import io.assay.table.CommitTag;
import io.assay.table.LateColumns;
import io.assay.table.TableDescription;
import io.assay.table.TableLog;
import io.assay.table.TableName;
import io.assay.table.TableProperties;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a batch does to the table of late events: it adds to it, and the first of an epoch empties
 * it, since then all events are on time again.
 *
 * @param changes whether there is anything to write
 * @param staged the late events; empty if there are none
 */
record LateVersion(WindowEvents events, boolean changes, Optional<StagedRows> staged) {
  private static final String ROWS = "rows";

  static LateVersion write(WindowEvents events, WindowEvents.Arrived arrived, Path path) {
    boolean any = arrived.late() + arrived.timeless() > 0;
    Optional<StagedRows> staged =
        any
            ? Optional.of(
                StagedRows.write(
                    path,
                    events.lost(),
                    List.of(functions.count(functions.lit(1)).as(ROWS)),
                    rows -> rows))
            : Optional.empty();
    return new LateVersion(events, any || (events.first() && exists(events)), staged);
  }

  private static boolean exists(WindowEvents events) {
    return new TableLog(events.spark(), events.warehouse(), table(events.intent()))
        .state()
        .exists();
  }

  private static TableName table(Intent intent) {
    return TableName.late(intent.table().name());
  }

  void publish(CommitTag tag) {
    Dataset<Row> rows =
        staged
            .map(kept -> kept.read(events.spark()))
            .orElseGet(() -> events.lost().where(functions.lit(false)));
    // Statistics would spell out values of the events, which may be personal.
    TableDescription description =
        new TableDescription(
            Optional.of("Events that came too late for the windows of " + events.intent().table()),
            List.of(),
            TableProperties.appended(
                TableProperties.of(
                    rows.schema(),
                    List.of(events.windows().time(), LateColumns.MISSED_WATERMARK))));
    new EpochTable(events, table(events.intent())).commit(rows, description, tag);
  }
}
