package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.assay.app.operate.QuarantineView.RuleCount;
import io.assay.app.operate.TextTable;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "Counts the rows in quarantine, by dataset and rule.")
final class QuarantineListCommand implements SparkProgram {
  @ParentCommand private QuarantineCommand parent;
  @Mixin private QuarantineFilter filter;
  @Mixin private QuarantineState rows;

  @Option(names = "--json", description = "Print an array with an object per dataset and rule.")
  private boolean json;

  @Override
  public ExitCode execute() throws IOException {
    Project project = parent.project();
    Collection<Dataset> datasets = filter.datasets(project);
    List<RuleCount> counts = parent.view(project, filter.rows(), rows.state).counts(datasets);
    if (json) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      counts.forEach(
          count ->
              array
                  .addObject()
                  .put("dataset", count.dataset())
                  .put("rule", count.rule())
                  .put("rows", count.rows())
                  .put("newest", count.newest().toString()));
      parent.out().println(array.toPrettyString());
    } else {
      TextTable.write(
          List.of("dataset", "rule", "rows", "newest"),
          counts.stream().map(QuarantineListCommand::line).toList(),
          new boolean[] {false, false, true, false},
          parent.out());
    }
    return ExitCode.OK;
  }

  private static String[] line(RuleCount count) {
    return new String[] {
      count.dataset(),
      count.rule(),
      String.format(Locale.ROOT, "%,d", count.rows()),
      count.newest().toString()
    };
  }
}
