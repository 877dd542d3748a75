package io.assay.bronze.landing;

import io.assay.batch.Account;
import io.assay.batch.BatchAttempt;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.batch.SchemaNote;
import io.assay.batch.Verdict;
import io.assay.job.JobContext;
import io.assay.table.CommitTag;
import io.assay.table.TableLog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One range on its way into bronze: read once, by the append itself. */
final class LandingBatch implements BatchAttempt {
  private final Intent intent;
  private final PulledRange range;
  private final TableLog log;
  private final BronzeAppend append;
  private final LandedColumns columns;
  private boolean landed;

  LandingBatch(JobContext context, Intent intent, PulledRange range) {
    this.intent = intent;
    this.range = range;
    this.log = new TableLog(context.spark(), context.project().warehouse(), intent.table());
    this.append = new BronzeAppend(context.spark(), context.project().warehouse(), intent.table());
    this.columns = new LandedColumns(context, intent, append::columns);
  }

  @Override
  public Verdict stage() {
    landed = rows().isPresent();
    if (landed) {
      range.recall();
      columns.recall(log.note(intent.application(LandingWork.STEP), intent.batch()));
    } else {
      range.prepare();
    }
    return Verdict.PASS;
  }

  @Override
  public List<BatchStep> steps() {
    return landed || range.anything()
        ? List.of(new BatchStep(LandingWork.STEP, intent.table(), this::write))
        : List.of();
  }

  @Override
  public Account account() {
    return Account.appended(rows().orElse(0));
  }

  @Override
  public Optional<Account> foreseen() {
    return Optional.empty();
  }

  @Override
  public List<String> notes() {
    return range.notes();
  }

  @Override
  public Optional<SchemaNote> schema() {
    return columns.note(range.refusedChanges());
  }

  @Override
  public boolean partial() {
    return range.partial();
  }

  @Override
  public void close() {}

  private void write(CommitTag tag) {
    boolean written = false;
    while (!written && range.anything()) {
      try {
        append(tag);
        written = true;
      } catch (Exception e) {
        // Spark throws checked exceptions that it does not declare, so this must catch them all.
        range.mend(e);
      }
    }
  }

  private void append(CommitTag tag) {
    Dataset<Row> rows = range.rows();
    append.commit(BronzeRows.landed(rows, intent), columns.noted(rows.schema(), tag));
  }

  private OptionalLong rows() {
    return log.addedBy(intent.application(LandingWork.STEP), intent.batch());
  }
}
