package io.assay.app.plan;

import io.assay.config.Dataset;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The jobs of a project, each named by the table it fills, and which of them each reads from.
 *
 * @param upstream by job: the jobs whose tables it reads or its rules look at, directly
 */
public record JobGraph(Map<TableName, SortedSet<TableName>> upstream) {

  /**
   * The graph of a project: a bronze job for each dataset that lands something, a silver job for
   * each dataset, a gold job for each mart, a publish job for each copy of a mart elsewhere.
   *
   * @throws AssayException with exit code 4 if tables read each other in a circle
   */
  public static JobGraph of(Project project) {
    Map<TableName, SortedSet<TableName>> upstream = new TreeMap<>();
    for (Dataset dataset : project.datasets().values()) {
      upstream.put(TableName.silver(dataset.name()), new TreeSet<>());
      if (dataset.lands()) {
        upstream.put(dataset.bronze(), new TreeSet<>());
      }
    }
    for (Mart mart : project.marts().values()) {
      upstream.put(TableName.gold(mart.name()), new TreeSet<>());
      for (String publication : mart.pipeline().publish().keySet()) {
        upstream.put(TableName.publish(publication), new TreeSet<>());
      }
    }
    JobGraph graph = new JobGraph(upstream);
    for (Dataset dataset : project.datasets().values()) {
      graph.connect(TableName.silver(dataset.name()), Set.of(dataset.bronze()));
      graph.connect(TableName.silver(dataset.name()), dataset.contract().lookUps());
    }
    for (Mart mart : project.marts().values()) {
      graph.connect(TableName.gold(mart.name()), mart.inputs());
      graph.connect(TableName.gold(mart.name()), mart.contract().lookUps());
      for (String publication : mart.pipeline().publish().keySet()) {
        graph.connect(TableName.publish(publication), Set.of(TableName.gold(mart.name())));
      }
    }
    graph.order(upstream.keySet());
    return graph;
  }

  private void connect(TableName job, Collection<TableName> inputs) {
    inputs.forEach(input -> writer(input).ifPresent(upstream.get(job)::add));
  }

  /** Every job, sorted by layer and name. */
  public Set<TableName> jobs() {
    return upstream.keySet();
  }

  /**
   * The jobs that the selectors name; all if there is none.
   *
   * @throws AssayException with exit code 2 if a selector names no job
   */
  public Set<TableName> select(Collection<String> selectors) {
    return Selectors.select(this, selectors);
  }

  /** The job that writes a table; empty if none of this project does. */
  public Optional<TableName> writer(TableName table) {
    return switch (table.layer()) {
      case BRONZE -> Optional.of(table).filter(jobs()::contains);
      case GOLD ->
          Optional.of(table)
              .filter(jobs()::contains)
              .or(() -> Optional.of(table.onTime()).filter(jobs()::contains));
      case SILVER ->
          jobs().stream()
              .filter(job -> job.layer() == Layer.SILVER && writes(job, table))
              .findFirst();
      case QUARANTINE -> Optional.of(TableName.silver(table.name())).filter(jobs()::contains);
      case PUBLISH, OPS -> Optional.empty();
    };
  }

  private static boolean writes(TableName job, TableName silver) {
    return List.of(job, TableName.history(job.name()), TableName.events(job.name()))
        .contains(silver);
  }

  /** The job with everything it reads from, directly or not. */
  public Set<TableName> withUpstream(TableName job) {
    Set<TableName> all = new LinkedHashSet<>();
    addUpstream(job, all);
    return all;
  }

  private void addUpstream(TableName job, Set<TableName> all) {
    if (all.add(job)) {
      upstream.get(job).forEach(input -> addUpstream(input, all));
    }
  }

  /** The job with everything that reads from it, directly or not. */
  Set<TableName> withDownstream(TableName job) {
    return jobs().stream()
        .filter(candidate -> withUpstream(candidate).contains(job))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The given jobs, each after those it reads from. */
  public List<TableName> order(Collection<TableName> selected) {
    List<TableName> ordered = new ArrayList<>();
    List<TableName> left = new ArrayList<>(new TreeSet<>(jobs()));
    while (!left.isEmpty()) {
      List<TableName> ready =
          left.stream().filter(job -> ordered.containsAll(upstream.get(job))).toList();
      if (ready.isEmpty()) {
        throw new AssayException(
            ExitCode.CONFIGURATION,
            "these tables read each other in a circle: "
                + left.stream().map(TableName::toString).collect(Collectors.joining(", "))
                + "; let one of them read another table");
      }
      ordered.addAll(ready);
      left.removeAll(ready);
    }
    ordered.retainAll(Set.copyOf(selected));
    return List.copyOf(ordered);
  }
}
