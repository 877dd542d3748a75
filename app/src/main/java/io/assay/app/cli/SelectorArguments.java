package io.assay.app.cli;

import io.assay.app.plan.Plan;
import io.assay.app.plan.Planner;
import io.assay.config.Project;
import io.assay.store.HadoopSettings;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The arguments that say which jobs are meant. */
final class SelectorArguments {
  @Parameters(
      paramLabel = "SELECTOR",
      arity = "0..*",
      description = "Tables: silver.orders, +gold.sales, bronze.orders+, bronze.*; default: all.")
  private List<String> selectors = List.of();

  /** As they were given; none for all. */
  List<String> texts() {
    return List.copyOf(selectors);
  }

  /** The plan for the jobs that are meant. */
  Plan plan(Project project) {
    return new Planner(project, HadoopSettings.of(project.settings().spark())).plan(selectors);
  }
}
