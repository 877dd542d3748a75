package io.assay.app.stream;

import io.assay.app.plan.JobGraph;
import io.assay.config.Continuous;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a stream does.
 *
 * @param queries each after those it reads from
 */
public record StreamPlan(List<Query> queries) {
  private static final String ADVICE = "continuous: {every: 10s}";

  public StreamPlan {
    queries = List.copyOf(queries);
  }

  /**
   * The plan for what the selectors name.
   *
   * @param selectors none for everything that is continuous
   * @throws AssayException with exit code 2 if a selector names no job, or one that is not
   *     continuous; with 4 if nothing of the project is
   */
  public static StreamPlan of(Project project, Collection<String> selectors) {
    JobGraph graph = JobGraph.of(project);
    List<TableName> selected = graph.order(graph.select(selectors));
    List<TableName> continuous =
        selected.stream().filter(job -> project.continuous(job).isPresent()).toList();
    if (!selectors.isEmpty() && continuous.size() < selected.size()) {
      throw notContinuous(selected, continuous);
    } else if (continuous.isEmpty()) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "nothing in %s is continuous: write '%s' into the pipeline.yaml of a dataset or mart"
              .formatted(project.root(), ADVICE));
    }
    return of(project, graph, continuous);
  }

  /** Everything that is continuous; it may be nothing. */
  public static StreamPlan everything(Project project) {
    JobGraph graph = JobGraph.of(project);
    return of(
        project,
        graph,
        graph.order(graph.jobs()).stream()
            .filter(job -> project.continuous(job).isPresent())
            .toList());
  }

  private static StreamPlan of(Project project, JobGraph graph, List<TableName> continuous) {
    Map<String, List<TableName>> jobs = new LinkedHashMap<>();
    for (TableName job : continuous) {
      jobs.computeIfAbsent(owner(job), name -> new ArrayList<>()).add(job);
    }
    return new StreamPlan(
        jobs.values().stream().map(tables -> query(project, graph, tables)).toList());
  }

  /** The jobs of a dataset are done one after the other; any other has a query of its own. */
  private static String owner(TableName job) {
    return switch (job.layer()) {
      case GOLD, PUBLISH -> job.toString();
      default -> "dataset " + job.name();
    };
  }

  private static Query query(Project project, JobGraph graph, List<TableName> tables) {
    Set<TableName> upstream = new TreeSet<>();
    tables.forEach(table -> upstream.addAll(graph.upstream().get(table)));
    tables.forEach(upstream::remove);
    Continuous continuous = project.continuous(tables.get(0)).orElseThrow();
    return new Query(tables, continuous.every(), upstream);
  }

  private static AssayException notContinuous(
      List<TableName> selected, List<TableName> continuous) {
    List<TableName> others = new ArrayList<>(selected);
    others.removeAll(continuous);
    return new AssayException(
        ExitCode.USAGE,
        "not continuous: %s. Write '%s' into the pipeline.yaml, or leave it to assay run"
            .formatted(
                others.stream().map(TableName::toString).collect(Collectors.joining(", ")),
                ADVICE));
  }
}
