package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.app.operate.TableProof;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import io.assay.ops.Discrepancy;
import io.assay.store.HadoopSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    description =
        "Proves that tables hold what their accounts say, and histories what their events give.",
    footer = {"  assay verify", "  assay verify silver.orders"})
final class VerifyCommand implements SparkProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Assay assay;

  @Option(names = "--json", description = "Print an array with an object per discrepancy.")
  private boolean json;

  @Parameters(
      paramLabel = "SELECTOR",
      arity = "0..*",
      description = "Tables, as for run; default: all.")
  private List<String> selectors = List.of();

  @Override
  public ExitCode execute() {
    Project project = assay.project();
    List<PlannedJob> jobs =
        new Planner(project, HadoopSettings.of(project.settings().spark())).plan(selectors).jobs();
    TableProof proof =
        new TableProof(
            ProcessContext.open("assay verify", project, Decision.NONE).spark(), project);
    PrintStream out = assay.console().out();
    List<Discrepancy> all = new ArrayList<>();
    for (PlannedJob job : jobs) {
      List<Discrepancy> found = proof.check(job.table());
      all.addAll(found);
      if (!json) {
        out.printf("%-30s %s%n", job.table(), found.isEmpty() ? "proved" : "DIFFERS");
        found.forEach(one -> out.println("    " + one.table() + ": " + one.message()));
      }
    }
    if (json) {
      out.println(array(all).toPrettyString());
    }
    return all.isEmpty() ? ExitCode.OK : ExitCode.QUALITY;
  }

  private static ArrayNode array(List<Discrepancy> discrepancies) {
    ArrayNode array = JSON.createArrayNode();
    for (Discrepancy one : discrepancies) {
      array
          .addObject()
          .put("table", one.table().toString())
          .put("batch", one.batch())
          .put("message", one.message());
    }
    return array;
  }
}
