package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.plan.MartMaintenance;
import io.assay.app.plan.Plan;
import io.assay.app.plan.PlannedJob;
import io.assay.config.Project;
import io.assay.config.Schedule;
import io.assay.error.ExitCode;
import io.assay.job.Program;
import io.assay.table.TableName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "plan",
    description = "Shows what a run would do: which jobs, in what order, with what pending input.",
    footer = {
      "  assay plan                        the whole project",
      "  assay plan +gold.daily_sales      a mart with all it is made of",
      "  assay plan bronze.orders+         a source with all that is made of it",
      "  assay plan 'bronze.*' silver.orders"
    })
final class PlanCommand implements Program {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

  @ParentCommand private Assay assay;
  @Mixin private SelectorArguments selectors;

  @Option(names = "--json", description = "Print an array with an object per job.")
  private boolean json;

  @Override
  public ExitCode execute() throws Exception {
    Project project = assay.project();
    Plan plan = selectors.plan(project);
    ZoneId zone = project.settings().businessZone();
    MartMaintenance marts = new MartMaintenance(project);
    if (json) {
      ArrayNode array = JSON.createArrayNode();
      plan.jobs()
          .forEach(
              job ->
                  array.add(json(job, zone).put("computed", marts.of(job.table()).orElse(null))));
      assay.console().out().println(array.toPrettyString());
    } else {
      plan.jobs()
          .forEach(job -> assay.console().out().println(line(job, zone, marts.of(job.table()))));
    }
    return ExitCode.OK;
  }

  private static String line(PlannedJob job, ZoneId zone, Optional<String> computed) {
    List<String> parts = new ArrayList<>();
    if (job.pending().anything() || !job.afterUpstream()) {
      parts.add(job.pending().text());
    }
    if (job.afterUpstream()) {
      parts.add("after " + names(job.upstream()));
    }
    job.schedule().ifPresent(schedule -> parts.add("scheduled %s, %s".formatted(schedule, zone)));
    job.continuous().ifPresent(continuous -> parts.add("continuous " + every(continuous.every())));
    computed.ifPresent(parts::add);
    return String.format(Locale.ROOT, "%-30s %s", job.table(), String.join("; ", parts));
  }

  private static String names(List<TableName> tables) {
    return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  private static ObjectNode json(PlannedJob job, ZoneId zone) {
    ObjectNode node = JSON.createObjectNode().put("table", job.table().toString());
    ArrayNode after = node.putArray("after");
    job.upstream().forEach(table -> after.add(table.toString()));
    node.set("pending", JSON.valueToTree(job.pending()));
    node.put("after_upstream", job.afterUpstream());
    return node.put("schedule", job.schedule().map(Schedule::cron).orElse(null))
        .put("schedule_zone", job.schedule().map(schedule -> zone.getId()).orElse(null))
        .put("every_seconds", job.continuous().map(each -> seconds(each.every())).orElse(null));
  }

  private static String every(Duration time) {
    return String.format(Locale.ROOT, "every %.0f s", seconds(time));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
