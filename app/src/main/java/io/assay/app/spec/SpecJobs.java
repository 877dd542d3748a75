package io.assay.app.spec;

import io.assay.app.plan.JobGraph;
import io.assay.config.Project;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The jobs that a case runs, each after those it reads from. If the case does not name them, they
 * are those that lie between the tables it gives and the tables it expects something of.
 */
record SpecJobs(List<TableName> jobs, JobGraph graph) {

  static SpecJobs of(SpecCase specCase, JobGraph graph, Project project) {
    if (!specCase.run().isEmpty()) {
      return new SpecJobs(graph.order(specCase.run()), graph);
    }
    Set<TableName> targets = new LinkedHashSet<>(specCase.held().keySet());
    targets.addAll(specCase.account().keySet());
    specCase.expected().keySet().forEach(table -> graph.writer(table).ifPresent(targets::add));
    Set<TableName> given = new TreeSet<>();
    specCase.given().keySet().forEach(table -> graph.writer(table).ifPresent(given::add));
    Set<TableName> fed = fedByImports(specCase.given().keySet(), project);
    Set<TableName> selected = new TreeSet<>();
    for (TableName target : targets) {
      selected.add(target);
      graph.withUpstream(target).stream()
          .filter(job -> isReached(job, given, fed, graph))
          .forEach(selected::add);
    }
    selected.removeAll(given);
    return new SpecJobs(graph.order(selected), graph);
  }

  /** Whether a job reads, directly or through others, something that is given. */
  private static boolean isReached(
      TableName job, Set<TableName> given, Set<TableName> fed, JobGraph graph) {
    return !given.contains(job)
        && (fed.contains(job)
            || graph.upstream().get(job).stream()
                .anyMatch(input -> given.contains(input) || isReached(input, given, fed, graph)));
  }

  /** The jobs that read an imported table that is given. */
  private static Set<TableName> fedByImports(Set<TableName> given, Project project) {
    Set<TableName> imported = new TreeSet<>(given);
    imported.retainAll(project.warehouse().imports().keySet());
    Set<TableName> fed = new TreeSet<>();
    project.datasets().values().stream()
        .filter(dataset -> imported.contains(dataset.bronze()))
        .forEach(dataset -> fed.add(TableName.silver(dataset.name())));
    project.marts().values().stream()
        .filter(mart -> mart.inputs().stream().anyMatch(imported::contains))
        .forEach(mart -> fed.add(TableName.gold(mart.name())));
    return fed;
  }

  /** The tables that the marts among the jobs read and nothing fills: they are to be empty. */
  Set<TableName> absent(Project project, Set<TableName> given) {
    Set<TableName> absent = new TreeSet<>();
    for (TableName job : jobs) {
      if (job.layer() == Layer.GOLD) {
        project.marts().get(job.name()).inputs().stream()
            .filter(input -> !given.contains(input))
            // The current rows come from the versions, where those are given.
            .filter(
                input ->
                    input.layer() != Layer.SILVER
                        || !given.contains(TableName.history(input.name())))
            .filter(input -> graph.writer(input).filter(jobs::contains).isEmpty())
            // What an imported table looks like is not known here: a case has to give it.
            .filter(input -> graph.writer(input).isPresent())
            .forEach(absent::add);
      }
    }
    return absent;
  }
}
