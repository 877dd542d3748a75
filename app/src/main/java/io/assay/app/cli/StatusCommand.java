package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.TableStatus;
import io.assay.app.operate.TextTable;
import io.assay.batch.Account;
import io.assay.batch.HeldBatch;
import io.assay.batch.Hold;
import io.assay.batch.Outcome;
import io.assay.batch.RunRecord;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.Program;
import io.assay.store.HadoopSettings;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "status",
    description = "Shows how each table stands: its last run, its account, what it waits for.",
    footer = {"  assay status", "  assay status --json"})
final class StatusCommand implements Program {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEADER =
      List.of(
          "table",
          "outcome",
          "finished (UTC)",
          "read",
          "applied",
          "unchanged",
          "quarantined",
          "filtered",
          "balanced",
          "version");
  private static final boolean[] RIGHT = {
    false, false, false, true, true, true, true, true, false, true
  };

  @ParentCommand private Assay assay;

  @Option(
      names = "--json",
      description = "Print an array with an object per table that was run or is kept by a stream.")
  private boolean json;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    Configuration configuration = HadoopSettings.of(project.settings().spark());
    List<TableStatus> tables = TableStatus.of(project, configuration);
    Map<TableName, StreamedQuery> streamed = StreamedQuery.of(project, configuration);
    PrintStream out = assay.console().out();
    if (json) {
      ArrayNode array = JSON.createArrayNode();
      for (TableStatus table : tables) {
        Optional<StreamedQuery> query = Optional.ofNullable(streamed.get(table.table()));
        if (table.lastRun().isPresent() || query.isPresent()) {
          array.add(json(table, query));
        }
      }
      out.println(array.toPrettyString());
      return ExitCode.OK;
    }
    TextTable.write(HEADER, tables.stream().map(StatusCommand::line).toList(), RIGHT, out);
    for (TableStatus table : tables) {
      table.held().ifPresent(held -> explain(table.table(), held, out));
      table
          .lastRun()
          .filter(run -> run.outcome() == Outcome.FAILED)
          .ifPresent(run -> out.println("\n" + table.table() + " failed: " + notes(run)));
    }
    for (TableStatus table : tables) {
      table
          .behind()
          .ifPresent(behind -> out.println("\n" + table.table() + " is behind: " + behind.text()));
    }
    StreamedQuery.write(streamed.values(), out);
    return ExitCode.OK;
  }

  private static String notes(RunRecord run) {
    return String.join("\n    ", run.notes());
  }

  /** Why it is held, and the ways on. */
  private static void explain(TableName table, HeldBatch held, PrintStream out) {
    out.printf("%n%s: batch %d is held since %s%n", table, held.batch(), held.at());
    for (Hold hold : held.holds()) {
      out.printf("    %s: %s%n", hold.rule(), hold.message());
    }
    String job = table.layer().label() + " " + table.name();
    StringBuilder accept = new StringBuilder();
    held.holds().forEach(hold -> accept.append(" --accept ").append(hold.rule()));
    out.println("  Ways on:");
    out.println("    correct the rule, the contract or the source, then: assay run " + table + "+");
    out.println("    let it through once:   assay " + job + accept + " --reason \"…\"");
    out.println("    send it to quarantine: assay " + job + " --reject --reason \"…\"");
  }

  private static String[] line(TableStatus status) {
    if (status.lastRun().isEmpty()) {
      String outcome = status.held().isPresent() ? Outcome.HELD.label() : "never run";
      return new String[] {status.table().toString(), outcome, "", "", "", "", "", "", "", ""};
    }
    RunRecord run = status.lastRun().get();
    Account account = run.account();
    return new String[] {
      run.table().toString(),
      run.outcome().label(),
      run.finishedAt()
          .truncatedTo(ChronoUnit.SECONDS)
          .toString()
          .replace("Z", "")
          .replace('T', ' '),
      number(account.read()),
      number(account.applied()),
      number(account.unchanged()),
      number(account.quarantined()),
      number(account.filtered()),
      account.balanced() ? "yes" : "NO",
      version(run.version())
    };
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String version(OptionalLong version) {
    return version.isPresent() ? Long.toString(version.getAsLong()) : "";
  }

  private static ObjectNode json(TableStatus table, Optional<StreamedQuery> query) {
    Optional<RunRecord> run = table.lastRun();
    ObjectNode node =
        JSON.createObjectNode()
            .put("table", table.table().toString())
            .put("layer", table.table().layer().label())
            .put("run_id", run.map(RunRecord::runId).orElse(null))
            .put("finished_at", run.map(last -> last.finishedAt().toString()).orElse(null))
            .put("outcome", run.map(last -> last.outcome().label()).orElse(null));
    run.map(RunRecord::account).orElse(Account.EMPTY).addTo(node);
    OptionalLong version = run.map(RunRecord::version).orElse(OptionalLong.empty());
    if (version.isPresent()) {
      node.put("version", version.getAsLong());
    } else {
      node.putNull("version");
    }
    table
        .held()
        .ifPresentOrElse(batch -> node.set("held", json(batch)), () -> node.putNull("held"));
    table
        .behind()
        .ifPresentOrElse(
            behind -> node.set("behind", JSON.valueToTree(behind)), () -> node.putNull("behind"));
    query.ifPresentOrElse(
        streamed -> node.set("stream", streamed.json()), () -> node.putNull("stream"));
    return node;
  }

  private static ObjectNode json(HeldBatch held) {
    ObjectNode node =
        JSON.createObjectNode().put("batch", held.batch()).put("at", held.at().toString());
    ArrayNode holds = node.putArray("holds");
    for (Hold hold : held.holds()) {
      holds.addObject().put("rule", hold.rule()).put("message", hold.message());
    }
    return node;
  }
}
