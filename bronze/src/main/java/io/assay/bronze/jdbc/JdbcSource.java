package io.assay.bronze.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.batch.BatchInput;
import io.assay.batch.Intent;
import io.assay.batch.LedgerJson;
import io.assay.bronze.landing.PulledRange;
import io.assay.bronze.landing.PulledSource;
import io.assay.config.Dataset;
import io.assay.config.Source;
import io.assay.job.JobContext;
import java.util.List;
import java.util.Optional;

/** A table as a source of batches. */
final class JdbcSource implements PulledSource {
  private final JobContext context;
  private final Dataset dataset;
  private final JdbcRules rules;
  private final Database database;
  private final JdbcPlan plan;

  JdbcSource(JobContext context, Dataset dataset, Source.Jdbc source) {
    this.context = context;
    this.dataset = dataset;
    this.rules = JdbcRules.of(dataset, source);
    this.database = Database.of(context.project(), source);
    this.plan = new JdbcPlan(database, rules, source, context.project().settings().businessZone());
  }

  @Override
  public JsonNode configuration() {
    return LedgerJson.tree(rules);
  }

  @Override
  public Optional<BatchInput> next(Optional<BatchInput> last) {
    return plan.next(last, dataset.pipeline().batch().rows());
  }

  @Override
  public PulledRange range(Intent intent) {
    return new JdbcRange(context, database, intent);
  }

  @Override
  public List<String> notes() {
    return plan.notes();
  }

  @Override
  public void close() {
    database.close();
  }
}
