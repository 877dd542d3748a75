package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.QuarantineView.Sample;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show",
    description = "Shows the newest rows in quarantine; personal columns masked.")
final class QuarantineShowCommand implements SparkProgram {
  @ParentCommand private QuarantineCommand parent;
  @Mixin private QuarantineFilter filter;
  @Mixin private QuarantineState rows;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many rows of each dataset; default ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print an array with an object per row.")
  private boolean json;

  @Override
  public ExitCode execute() {
    if (limit < 0) {
      throw new AssayException(ExitCode.USAGE, "--limit " + limit + " is less than 0");
    }
    Project project = parent.project();
    Collection<Dataset> datasets = filter.datasets(project);
    List<Sample> samples = parent.view(project, filter.rows(), rows.state).samples(datasets, limit);
    PrintStream out = parent.out();
    if (json) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      samples.forEach(sample -> add(array, sample));
      out.println(array.toPrettyString());
    } else {
      samples.forEach(sample -> print(out, sample));
      out.println(samples.isEmpty() ? "nothing lies in quarantine" : "");
    }
    return ExitCode.OK;
  }

  private static void add(ArrayNode array, Sample sample) {
    ObjectNode node =
        array.addObject().put("dataset", sample.dataset()).put("source", sample.source());
    sample.reasons().forEach(node.putArray("reasons")::add);
    node.put("quarantined_at", sample.quarantinedAt().toString())
        .put("batch", sample.batch())
        .put("replays", sample.replays());
    if (sample.releasedBatch().isPresent()) {
      node.put("released_batch", sample.releasedBatch().getAsLong());
    } else {
      node.putNull("released_batch");
    }
    node.put("raw", sample.raw());
  }

  private static void print(PrintStream out, Sample sample) {
    out.println(sample.dataset() + "  " + sample.source() + "  " + sample.quarantinedAt());
    sample.reasons().forEach(reason -> out.println("    " + reason));
    if (sample.releasedBatch().isPresent()) {
      out.println("    released by batch " + sample.releasedBatch().getAsLong());
    } else if (sample.replays() > 0) {
      out.println("    replayed in vain, times: " + sample.replays());
    }
    out.println("    " + sample.raw());
  }
}
