package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.app.plan.JobGraph;
import io.assay.app.plan.MartMaintenance;
import io.assay.config.ConfigurationException;
import io.assay.config.Project;
import io.assay.document.Problem;
import io.assay.error.ExitCode;
import io.assay.job.Program;
import io.assay.job.Units;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "validate",
    description = {
      "Checks the whole project: settings, pipelines, contracts, SQL.",
      "Every mistake is told at once, with file, line and path. Nothing is started, no source is asked."
    },
    footer = {"  assay validate", "  assay validate --env prod --json"})
final class ValidateCommand implements Program {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Assay assay;

  @Option(names = "--json", description = "Print an array with an object per mistake.")
  private boolean json;

  @Override
  public ExitCode execute() {
    PrintStream out = assay.console().out();
    try {
      Project project = assay.project();
      int jobs = JobGraph.of(project).jobs().size();
      List<Problem> problems = new MartMaintenance(project).problems();
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      out.println(
          json
              ? "[]"
              : "%s is valid: %s, %s, %s"
                  .formatted(
                      project.settings().project(),
                      Units.count(project.datasets().size(), "dataset"),
                      Units.count(project.marts().size(), "mart"),
                      Units.count(jobs, "job")));
      return ExitCode.OK;
    } catch (ConfigurationException e) {
      print(e.problems(), out);
      return ExitCode.CONFIGURATION;
    }
  }

  private void print(List<Problem> problems, PrintStream out) {
    if (!json) {
      problems.forEach(out::println);
      return;
    }
    ArrayNode array = JSON.createArrayNode();
    for (Problem problem : problems) {
      array
          .addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("column", problem.column())
          .put("path", problem.path())
          .put("message", problem.message());
    }
    out.println(array.toPrettyString());
  }
}
