package io.assay.app.plan;

import io.assay.batch.BatchLedger;
import io.assay.bronze.landing.SourceChange;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Publication;
import io.assay.config.Schedule;
import io.assay.job.Ingestion;
import io.assay.job.Pending;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Makes plans. It reads configuration, ledgers and folders; it needs no Spark. */
public final class Planner {
  private final Project project;
  private final Configuration configuration;
  private final JobGraph graph;

  public Planner(Project project, Configuration configuration) {
    this.project = project;
    this.configuration = configuration;
    this.graph = JobGraph.of(project);
  }

  /**
   * The plan for what the selectors name.
   *
   * @param selectors none for the whole project
   * @throws io.assay.error.AssayException with exit code 2 if a selector names no job
   */
  public Plan plan(Collection<String> selectors) {
    List<TableName> order = graph.order(graph.select(selectors));
    Set<TableName> busy = new HashSet<>();
    List<PlannedJob> jobs = new ArrayList<>();
    for (TableName table : order) {
      List<TableName> upstream =
          graph.upstream().get(table).stream().filter(order::contains).toList();
      boolean afterUpstream = upstream.stream().anyMatch(busy::contains);
      Pending pending = pending(table);
      if (pending.anything() || afterUpstream) {
        busy.add(table);
      }
      jobs.add(
          new PlannedJob(
              table, upstream, pending, afterUpstream, schedule(table), project.continuous(table)));
    }
    return new Plan(jobs);
  }

  /**
   * What waits for a job now.
   *
   * @param table the table that it fills
   * @throws io.assay.error.AssayException with exit code 5 if its source does not answer
   */
  public Pending pending(TableName table) {
    BatchLedger ledger = ledger(table);
    return ledger
        .waiting()
        .<Pending>map(held -> new Pending.Held(held.batch(), held.holds()))
        .orElseGet(() -> input(table, ledger));
  }

  private Pending input(TableName table, BatchLedger ledger) {
    if (table.layer() == Layer.BRONZE) {
      Dataset dataset = project.datasets().get(table.name());
      return SourceChange.of(dataset, ledger.lastInput())
          .<Pending>map(change -> new Pending.Changed(change.before(), change.now()))
          .orElseGet(() -> Ingestion.of(dataset).pending(project, dataset, configuration));
    }
    List<Feed> feeds = new ArrayList<>();
    inputs(table).stream()
        .flatMap(input -> graph.writer(input).stream())
        .distinct()
        .forEach(writer -> feeds.add(Feed.of(ledger(writer))));
    feeds.addAll(Feed.imported(project.warehouse(), inputs(table), configuration));
    return NewVersions.of(ledger, feeds);
  }

  private Optional<Schedule> schedule(TableName job) {
    return switch (job.layer()) {
      case GOLD -> project.marts().get(job.name()).pipeline().schedule();
      case PUBLISH -> project.publication(job.name()).flatMap(Publication::schedule);
      default -> project.datasets().get(job.name()).pipeline().schedule();
    };
  }

  private Collection<TableName> inputs(TableName job) {
    return switch (job.layer()) {
      case GOLD -> project.marts().get(job.name()).followed();
      case PUBLISH -> List.of(TableName.gold(project.published(job.name()).orElseThrow().name()));
      default -> List.of(project.datasets().get(job.name()).bronze());
    };
  }

  private BatchLedger ledger(TableName table) {
    return new BatchLedger(project.warehouse(), table, configuration);
  }
}
