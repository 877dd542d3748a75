package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.QuarantineView;
import io.assay.app.operate.TextTable;
import io.assay.batch.Decision;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "quarantine",
    description = "Shows the rows that broke a rule, and which.",
    subcommands = {QuarantineCommand.Counts.class, QuarantineCommand.Show.class},
    footer = {"  assay quarantine list", "  assay quarantine show orders --limit 5"})
final class QuarantineCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Assay assay;

  private QuarantineView view(Project project) {
    return new QuarantineView(
        ProcessContext.open("assay quarantine", project, Decision.NONE).spark(), project);
  }

  @Command(name = "list", description = "Counts the rows in quarantine, by dataset and rule.")
  static final class Counts implements SparkProgram {
    @ParentCommand private QuarantineCommand parent;

    @Option(names = "--json", description = "Print an array with an object per dataset and rule.")
    private boolean json;

    @Override
    public ExitCode execute() throws IOException {
      List<QuarantineView.RuleCount> counts = parent.view(parent.assay.project()).counts();
      PrintStream out = parent.assay.console().out();
      if (json) {
        ArrayNode array = JSON.createArrayNode();
        counts.forEach(
            count ->
                array
                    .addObject()
                    .put("dataset", count.dataset())
                    .put("rule", count.rule())
                    .put("rows", count.rows()));
        out.println(array.toPrettyString());
      } else {
        TextTable.write(
            List.of("dataset", "rule", "rows"),
            counts.stream().map(Counts::line).toList(),
            new boolean[] {false, false, true},
            out);
      }
      return ExitCode.OK;
    }

    private static String[] line(QuarantineView.RuleCount count) {
      return new String[] {
        count.dataset(), count.rule(), String.format(Locale.ROOT, "%,d", count.rows())
      };
    }
  }

  @Command(
      name = "show",
      description = "Shows the newest rows of a dataset in quarantine; personal columns masked.")
  static final class Show implements SparkProgram {
    @ParentCommand private QuarantineCommand parent;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "How many rows; default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Print an array with an object per row.")
    private boolean json;

    @Parameters(paramLabel = "DATASET", description = "The dataset, such as orders.")
    private String name;

    @Override
    public ExitCode execute() {
      Project project = parent.assay.project();
      Dataset dataset = project.datasets().get(name);
      if (dataset == null) {
        throw new AssayException(
            ExitCode.USAGE,
            "this project has no dataset '"
                + name
                + "'"
                + Nearest.hint(name, project.datasets().keySet()));
      }
      List<QuarantineView.Sample> samples = parent.view(project).samples(dataset, limit);
      PrintStream out = parent.assay.console().out();
      if (json) {
        ArrayNode array = JSON.createArrayNode();
        samples.forEach(sample -> add(array, sample));
        out.println(array.toPrettyString());
      } else {
        samples.forEach(sample -> print(out, sample));
        out.println(samples.isEmpty() ? "nothing lies in quarantine." + name : "");
      }
      return ExitCode.OK;
    }

    private static void add(ArrayNode array, QuarantineView.Sample sample) {
      ObjectNode node = array.addObject().put("source", sample.source());
      sample.reasons().forEach(node.putArray("reasons")::add);
      node.put("raw", sample.raw());
    }

    private static void print(PrintStream out, QuarantineView.Sample sample) {
      out.println(sample.source());
      sample.reasons().forEach(reason -> out.println("    " + reason));
      out.println("    " + sample.raw());
    }
  }
}
