package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.MartProofText;
import io.assay.app.operate.TableProof;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.MartProof;
import io.assay.job.ProcessContext;
import io.assay.job.Units;
import io.assay.ops.Discrepancy;
import io.assay.store.HadoopSettings;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    description = {
      "Proves that tables hold what their accounts say, histories what their events give, and marts",
      "what their queries give over the versions of the inputs that they are made of."
    },
    footer = {
      "  assay verify",
      "  assay verify silver.orders",
      "  assay verify 'gold.*' --sample 1000"
    })
final class VerifyCommand implements SparkProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private Assay assay;

  @Option(names = "--json", description = "Print an array with an object per discrepancy.")
  private boolean json;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = {
        "Compute only N keys of each mart again, others after each of its batches; a row that is missing",
        "is found only without it."
      })
  private Integer sample;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many differing rows of a mart to tell; default ${DEFAULT-VALUE}.")
  private int limit;

  @Parameters(
      paramLabel = "SELECTOR",
      arity = "0..*",
      description = "Tables, as for run; default: all.")
  private List<String> selectors = List.of();

  /** What is wrong with one table. */
  private record Found(
      TableName job, List<Discrepancy> discrepancies, Optional<MartProof.Result> mart) {
    boolean proved() {
      return discrepancies.isEmpty() && mart.stream().allMatch(MartProof.Result::holds);
    }
  }

  @Override
  public ExitCode execute() throws IOException {
    if (limit < 0 || (sample != null && sample < 1)) {
      throw new AssayException(
          ExitCode.USAGE, "--limit takes a number from 0, --sample one from 1");
    }
    Project project = assay.project();
    List<PlannedJob> jobs =
        new Planner(project, HadoopSettings.of(project.settings().spark())).plan(selectors).jobs();
    TableProof proof =
        new TableProof(
            ProcessContext.open("assay verify", project, Decision.NONE).spark(), project);
    OptionalInt keys = sample == null ? OptionalInt.empty() : OptionalInt.of(sample);
    List<Found> all = new ArrayList<>();
    for (PlannedJob job : jobs) {
      TableName table = job.table();
      Found found = new Found(table, proof.check(table), proof.recomputed(table, keys, limit));
      all.add(found);
      if (!json) {
        write(found, assay.console().out());
      }
    }
    if (json) {
      assay.console().out().println(array(all).toPrettyString());
    }
    return all.stream().allMatch(Found::proved) ? ExitCode.OK : ExitCode.QUALITY;
  }

  private static void write(Found found, PrintStream out) throws IOException {
    out.printf("%-30s %s%n", found.job(), found.proved() ? proved(found) : "DIFFERS");
    found.discrepancies().forEach(one -> out.println("    " + one.table() + ": " + one.message()));
    if (found.mart().isPresent()) {
      MartProof.Result mart = found.mart().get();
      mart.message().ifPresent(text -> out.println("    " + found.job() + ": " + text));
      MartProofText.write(mart, out);
      if (!mart.holds() && mart.unproved().isEmpty()) {
        out.println("    assay rebuild " + found.job() + " --apply computes all of it anew");
      }
    }
  }

  private static String proved(Found found) {
    if (found.job().layer() != Layer.GOLD) {
      return "proved";
    }
    return found
        .mart()
        .map(result -> "proved: " + Units.count(result.rows(), "row") + " as computed again")
        .orElse("nothing is published yet");
  }

  private static ArrayNode array(List<Found> all) {
    ArrayNode array = JSON.createArrayNode();
    for (Found found : all) {
      for (Discrepancy one : found.discrepancies()) {
        array
            .addObject()
            .put("table", one.table().toString())
            .put("batch", one.batch())
            .put("message", one.message());
      }
      found
          .mart()
          .flatMap(MartProof.Result::message)
          .ifPresent(
              text -> {
                ObjectNode object =
                    array
                        .addObject()
                        .put("table", found.job().toString())
                        .put("batch", found.mart().get().batch())
                        .put("message", text);
                object.set("differences", MartProofText.json(found.mart().get()));
              });
    }
    return array;
  }
}
