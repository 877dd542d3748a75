package io.assay.gold.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchInput;
import io.assay.batch.BatchStep;
import io.assay.batch.BatchWork;
import io.assay.batch.Intent;
import io.assay.config.Publication;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import io.assay.table.TableState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A publication's batches: each takes the mart from the version that is there to the newest. */
final class PublishWork implements BatchWork {
  static final String STEP = "PUBLISH";

  private final JobContext context;
  private final TableName table;
  private final PublishDefinition definition;
  private final Receiver receiver;
  private final TableCatalog catalog;

  PublishWork(
      JobContext context, TableName table, PublishDefinition definition, Receiver receiver) {
    this.context = context;
    this.table = table;
    this.definition = definition;
    this.receiver = receiver;
    this.catalog = new TableCatalog(context.spark(), context.project().warehouse());
  }

  @Override
  public TableName table() {
    return table;
  }

  @Override
  public List<BatchStep.Target> targets() {
    return List.of(new BatchStep.Target(STEP, table));
  }

  /**
   * The mart's versions since the one that the destination tells, which may have been restored, or
   * made anew; all of the mart where it tells none.
   */
  @Override
  public Optional<BatchInput> pending(Optional<BatchInput> last) {
    TableName mart = definition.mart();
    TableState state = catalog.existing(mart, table + " takes out");
    Position now = new Position(state.id(), state.version(), definition.rows(), 0, Counts.NONE);
    Optional<Position> there = receiver.position().filter(position -> position.precedes(now));
    long after = there.map(Position::version).orElse(-1L);
    if (after > state.version()) {
      throw newer(after, state.version());
    }
    Optional<Begun> begun = receiver.begun(now);
    if (after == state.version() && begun.isEmpty()) {
      return Optional.empty();
    }
    boolean all =
        definition.mode() == Publication.Mode.ALL
            || after == state.version()
            || begun.filter(others -> !others.isOf(now)).isPresent();
    return Optional.of(
        new BatchInput.Tables(
            List.of(new TableRange(mart, state.id(), all ? -1 : after, state.version(), -1))));
  }

  private AssayException newer(long there, long here) {
    return new AssayException(
        ExitCode.FAILURE,
        "%s holds version %d of %s, and this warehouse has version %d: an older version never replaces a newer one. Publish from the warehouse that has it, or have the destination forget what it holds (docs/how-to/publish-a-mart.md)"
            .formatted(table, there, definition.mart(), here));
  }

  /**
   * If something of it may be there, and it can still be done as it was planned; one that was
   * refused only while nothing newer is there.
   */
  @Override
  public boolean repeats(Intent interrupted) {
    TableRange range = interrupted.input().ranges().get(0);
    TableState state = catalog.state(definition.mart());
    Position until = PublishBatch.until(interrupted);
    return interrupted.configuration().equals(configuration())
        && range.table().equals(definition.mart())
        && range.tableId().equals(state.id())
        && receiver.reached(until)
        && (range.upTo() == state.version() || !receiver.refused(until) && isThere(range.upTo()));
  }

  /** Whether no file of a former version was removed. */
  private boolean isThere(long version) {
    try {
      for (String file : catalog.read(definition.mart(), version).inputFiles()) {
        Path path = new Path(file);
        FileSystem store = path.getFileSystem(context.spark().sessionState().newHadoopConf());
        if (!store.exists(path)) {
          return false;
        }
      }
      return true;
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare: the log does not reach back.
      return false;
    }
  }

  @Override
  public Map<TableName, TableState> pins() {
    return Map.of();
  }

  @Override
  public JsonNode configuration() {
    return definition.tree();
  }

  @Override
  public BatchAttempt attempt(Intent intent) {
    return new PublishBatch(context.spark(), context.project().warehouse(), intent, receiver);
  }
}
