package io.assay.app.cli;

import io.assay.app.run.ProjectJobs;
import io.assay.app.spec.ProjectSpecs;
import io.assay.app.spec.SpecResult;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import io.assay.store.HadoopSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "test",
    description = {
      "Runs the project's own tests, tests/*.yaml: given rows, the production jobs, expected rows."
    },
    footer = {
      "  assay test",
      "  assay test sales.yaml 'cancelled orders'   some files or cases only",
      "  assay --project examples/online-retail test"
    })
final class TestCommand implements SparkProgram {
  @ParentCommand private Assay assay;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      description = "Only cases whose name or file holds one of these texts; default: all.")
  private List<String> texts = List.of();

  @Override
  public ExitCode execute() {
    Project project = assay.project();
    ProjectSpecs specs =
        ProjectSpecs.read(project, HadoopSettings.of(project.settings().spark())).only(texts);
    PrintStream out = assay.console().out();
    List<SpecResult> results =
        specs.run(
            ProcessContext.open("assay test", project, Decision.NONE).spark(),
            table -> ProjectJobs.job(project, table),
            result -> print(result, out));
    long passed = results.stream().filter(SpecResult::passed).count();
    out.printf("%d passed, %d failed%n", passed, results.size() - passed);
    return passed == results.size() ? ExitCode.OK : ExitCode.QUALITY;
  }

  private static void print(SpecResult result, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "  %-6s %s (%s:%d, %.1f s)%n",
        result.passed() ? "ok" : "FAILED",
        result.name(),
        result.file(),
        result.line(),
        result.seconds());
    result.differences().forEach(text -> out.println(text.indent(9).stripTrailing()));
  }
}
