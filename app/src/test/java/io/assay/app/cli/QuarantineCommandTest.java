package io.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.run.ProjectsOnDisk;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Invocation;
import io.assay.testing.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of quarantine, and does about it. */
class QuarantineCommandTest {
  private static final String PIPELINE =
      "source: {files: {path: landing/*, format: csv}}\ngate: {quarantined: 90}\n";

  @TempDir private Path folder;
  private ProjectsOnDisk disk;

  @BeforeEach
  void write() {
    disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/landing/1.csv", "id,visits,name\n1,1,Ann\n2,two,Ben\nthree,3,Eve\n");
    disk.write("shop/datasets/guests/pipeline.yaml", PIPELINE);
    disk.contract("shop/datasets/guests", "id integer", "visits integer", "name string personal");
  }

  private String told(String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of("--project", folder.resolve("shop").toString()));
    all.add("quarantine");
    all.addAll(List.of(arguments));
    SparkSession shared = TestSpark.session();
    // A command takes the active session and changes its settings.
    SparkSession.setActiveSession(shared.cloneSession());
    try {
      ExitCode exitCode =
          Invocation.execute(
              Assay.commandLine(new Console(out, out, 0)), all.toArray(String[]::new), out);
      assertThat(exitCode).as(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    } finally {
      SparkSession.setActiveSession(shared);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void quarantineIsListedShownAndReplayedAndSaysSoAfterwards() throws Exception {
    assertThat(told("show")).contains("nothing lies in quarantine");
    disk.run(disk.project("shop"), "bronze.guests", "silver.guests");

    assertThat(told("list"))
        .containsPattern("guests +id_type +1 +20\\d\\d-")
        .containsPattern("guests +visits_type +1 +20\\d\\d-");
    assertThat(told("show", "--dataset", "guests", "--rule", "visits_type", "--limit", "1"))
        .containsPattern("guests  .*1.csv:\\d+  20\\d\\d-")
        .contains("visits_type: 'two' is no ", "\"visits\":\"two\"", "•••")
        .doesNotContain("Ben", "three");
    assertThat(told("list", "--since", "2199-01-01", "--json").strip()).isEqualTo("[ ]");

    disk.write(
        "shop/datasets/guests/pipeline.yaml",
        PIPELINE + "columns: {visits: \"if(visits = 'two', '2', visits)\"}\n");
    assertThat(told("replay", "--dataset", "guests", "--rule", "visits_type"))
        .containsPattern("silver.guests +succeeded +1 applied ");
    assertThat(ProjectsOnDisk.rows(disk.project("shop"), "SELECT id, visits FROM silver.guests"))
        .containsExactly("[1,1]", "[2,2]");

    JsonNode again = new ObjectMapper().readTree(told("replay", "--json"));
    assertThat(again).hasSize(1);
    assertThat(again.get(0).get("outcome").asText()).isEqualTo("succeeded");
    assertThat(again.get(0).get("quarantined").asLong()).isEqualTo(1);
    assertThat(told("show")).contains("id_type", "replayed in vain, times: 1");
    assertThat(told("replay")).containsPattern("silver.guests +unchanged ");
    JsonNode released = new ObjectMapper().readTree(told("show", "--state", "released", "--json"));
    assertThat(released).hasSize(1);
    assertThat(released.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "dataset",
            "source",
            "reasons",
            "quarantined_at",
            "batch",
            "replays",
            "released_batch",
            "raw");
    assertThat(released.get(0).get("released_batch").asLong()).isEqualTo(2);
    assertThat(told("list", "--state", "all")).contains("visits_type", "id_type");
  }

  @Test
  void whatCannotBeMeantIsAUsageError() {
    assertUsage("no dataset 'guest'; did you mean 'guests'?", "list", "--dataset", "guest");
    assertUsage("--since takes a date or a time", "show", "--since", "yesterday");
    assertUsage("expected one of open, released, all", "list", "--state", "closed");
    assertUsage("--limit -1 is less than 0", "show", "--limit", "-1");
    assertUsage("leave --reject out", "replay", "--reject", "--reason", "none");
  }

  private void assertUsage(String part, String... arguments) {
    assertThatThrownBy(() -> told(arguments))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(part);
  }
}
