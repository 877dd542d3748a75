package io.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.run.ProjectsOnDisk;
import io.assay.app.spec.SpecShape;
import io.assay.config.ConfigurationReference;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands that only tell something print. */
class ReportCommandsTest {
  @TempDir private Path folder;
  private ProjectsOnDisk disk;

  @BeforeEach
  void write() {
    disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\nbusiness_zone: Europe/Oslo\n");
    disk.write("shop/landing/1.csv", "id\n1\n2\nthree\n");
    disk.write(
        "shop/datasets/events/pipeline.yaml",
        "source: {files: {path: landing/*, format: csv}}\nschedule: 15 6 * * mon-fri\n");
    disk.contract("shop/datasets/events", "id integer");
    disk.write("shop/marts/total/mart.sql", "SELECT count(*) AS events FROM silver.events\n");
    disk.write("shop/marts/total/pipeline.yaml", "continuous: {every: 90s}\n");
    disk.contract("shop/marts/total", "events integer");
  }

  private String told(String... arguments) throws Exception {
    return told(ExitCode.OK, arguments);
  }

  private String told(ExitCode expected, String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of("--project", folder.resolve("shop").toString()));
    all.addAll(List.of(arguments));
    ExitCode exitCode =
        Invocation.execute(
            Assay.commandLine(new Console(out, out, 0)), all.toArray(String[]::new), out);
    assertThat(exitCode).isEqualTo(expected);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPlanTellsWhatWaitsAndWhenASchedulerIsToStartIt() throws Exception {
    assertThat(told("plan", "bronze.events", "gold.total").lines())
        .containsExactly(
            "bronze.events                  1 new file, 13 B; scheduled 15 6 * * mon-fri, Europe/Oslo",
            "gold.total                     nothing new; continuous every 90 s; computed in full: its"
                + " contract names no key (primaryKey), by which rows could be told apart");
    JsonNode plan = new ObjectMapper().readTree(told("plan", "--json"));
    assertThat(plan.findValuesAsText("schedule"))
        .containsExactly("15 6 * * mon-fri", "15 6 * * mon-fri", "null");
    assertThat(plan.findValuesAsText("schedule_zone"))
        .containsExactly("Europe/Oslo", "Europe/Oslo", "null");
    assertThat(plan.findValuesAsText("every_seconds")).containsExactly("null", "null", "90.0");
    assertThat(plan.get(2).get("computed").asText()).startsWith("computed in full: its contract");
    assertThat(plan.get(0).get("computed").isNull()).isTrue();
    assertThat(told("config"))
        .contains("    continuous:\n      every: \"90s\"  # marts/total/pipeline.yaml:1\n");
    disk.write("shop/env/test.yaml", "business_zone: Europe/Rome\n");
    assertThat(told("--env", "test", "plan", "bronze.events")).contains("Europe/Rome");
  }

  @Test
  void aMartThatIsStrictMustBeOneThatCanBeFollowed() throws Exception {
    disk.write("shop/marts/total/pipeline.yaml", "incremental: strict\n");
    assertThat(told(ExitCode.CONFIGURATION, "validate"))
        .isEqualTo(
            "marts/total/pipeline.yaml: incremental: is strict, and the query cannot be maintained:"
                + " its contract names no key (primaryKey), by which rows could be told apart\n");
    disk.write("shop/marts/total/mart.sql", "SELECT id AS events FROM silver.events GROUP BY id\n");
    disk.contract("shop/marts/total", "events integer key");
    assertThat(told("validate")).contains("is valid");
    assertThat(told("plan", "gold.total")).contains("; incremental\n");
    disk.write("shop/marts/total/pipeline.yaml", "incremental: never\nfull_above: 1\n");
    assertThat(told("plan", "gold.total")).contains("computed in full: incremental is never");
  }

  @Test
  void aMartOfWindowsMustGiveItsRowsWindowByWindow() throws Exception {
    disk.contract("shop/datasets/events", "id integer", "at timestamp");
    disk.write(
        "shop/marts/total/pipeline.yaml",
        "windows: {of: silver.events, time: at, lateness: 10m}\n");
    disk.write(
        "shop/marts/total/mart.sql",
        "SELECT at AS ended_at, count(*) AS events FROM silver.events GROUP BY at\n");
    disk.contract("shop/marts/total", "ended_at timestamp key", "events integer");
    assertThat(told(ExitCode.CONFIGURATION, "validate"))
        .contains(
            "marts/total/pipeline.yaml: windows: the query cannot be made window by window: it groups"
                + " events of several windows");
    disk.write(
        "shop/marts/total/mart.sql",
        "SELECT window.end AS ended_at, count(*) AS events FROM silver.events GROUP BY window(at, '1 hour')\n");
    assertThat(told("validate")).contains("is valid");
    assertThat(told("plan", "gold.total"))
        .contains(
            "; windows of silver.events, added when an event is there that is PT10M newer; late ones"
                + " go to gold.total_late\n");
  }

  @Test
  void theStatusTellsAccountsAndWhyABatchIsHeldAndTheWaysOn() throws Exception {
    assertThat(told("status")).containsPattern("gold.total +never run");
    assertThat(told("status")).containsPattern("gold.total +not running");
    JsonNode total = new ObjectMapper().readTree(told("status", "--json")).get(0);
    assertThat(total.get("table").asText()).isEqualTo("gold.total");
    assertThat(total.get("outcome").isNull()).isTrue();
    assertThat(total.get("stream").get("state").asText()).isEqualTo("not_running");
    assertThat(total.get("stream").fieldNames())
        .toIterable()
        .containsExactly(
            "state",
            "since",
            "last_state",
            "reason",
            "failures",
            "failure_limit",
            "every_seconds",
            "applied",
            "quarantined",
            "last_batch_at",
            "caught_up_at",
            "lag_seconds",
            "lag_rows",
            "lag_files",
            "lag_measured_at");

    disk.run(disk.project("shop"), "bronze.events", "silver.events");

    assertThat(told("status"))
        .containsPattern("bronze.events +succeeded .* 3 +3 +0 +0 +0 +yes +0")
        .containsPattern("silver.events +held ")
        .contains(
            "silver.events: batch 1 is held since ",
            "gate: 1 of 3 rows (33.3 %) would go to quarantine",
            "assay run silver.events+",
            "assay silver events --accept gate --reason \"…\"",
            "assay silver events --reject --reason \"…\"");
    JsonNode status = new ObjectMapper().readTree(told("status", "--json"));
    assertThat(status).hasSize(3);
    assertThat(status.get(1).get("stream").isNull()).isTrue();
    assertThat(status.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "table",
            "layer",
            "run_id",
            "finished_at",
            "outcome",
            "read",
            "expanded",
            "implied",
            "applied",
            "unchanged",
            "superseded",
            "duplicate",
            "quarantined",
            "filtered",
            "balanced",
            "version",
            "held",
            "behind",
            "stream");
    assertThat(status.get(0).get("held").isNull()).isTrue();
    assertThat(status.get(1).at("/held/holds/0/message").asText()).isNotEmpty();
    assertThat(status.get(0).get("applied").asLong()).isEqualTo(3);
    assertThat(status.get(1).get("outcome").asText()).isEqualTo("held", "stream");
    assertThat(status.get(1).get("version").isNull()).isTrue();
  }

  @Test
  void theSchemasAreThoseThatAreCommitted() throws Exception {
    Path schemas =
        Path.of(System.getProperty("assay.root")).resolve(ConfigurationReference.SCHEMAS);
    try (var files = Files.list(schemas)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(SchemaCommand.schemas().keySet());
    }
    assertThat(schemas.resolve(SpecShape.SCHEMA_FILE))
        .as("run `bin/assay schema --write` and commit what it wrote")
        .hasContent(SpecShape.schema());
    assertThat(new ObjectMapper().readTree(told("schema")).fieldNames())
        .toIterable()
        .contains(SpecShape.SCHEMA_FILE, "assay.schema.json");
  }

  @Test
  void aFilterThatIsInNoTestIsAUsageError() {
    disk.write(
        "shop/tests/events.yaml",
        "counted: {given: {silver.events: [{id: 1}]}, expect: {gold.total: [{events: 1}]}}\n");
    assertThatThrownBy(() -> told("test", "countd"))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("no test has 'countd' in its name or file; did you mean 'counted'?");
  }
}
