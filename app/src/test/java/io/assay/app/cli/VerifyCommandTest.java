package io.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.run.ProjectsOnDisk;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Invocation;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import io.delta.tables.DeltaTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marts that were changed by hand, straight in Delta, as {@code verify} tells of them. */
class VerifyCommandTest {
  @TempDir private Path folder;
  private ProjectsOnDisk disk;

  private void shop() {
    disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/landing/1.csv", "id,name\n1,Ann\n2,Ben\n2,Ben\n3,Eve\n4,Gus\n");
    disk.write(
        "shop/datasets/visits/pipeline.yaml", "source: {files: {path: landing/*, format: csv}}\n");
    disk.contract("shop/datasets/visits", "id integer", "name string personal");
    disk.write(
        "shop/marts/guests/mart.sql",
        "SELECT id, max(name) AS name, count(*) AS visits FROM silver.visits GROUP BY id\n");
    disk.contract("shop/marts/guests", "id integer key", "name string personal", "visits integer");
    disk.write("shop/marts/total/mart.sql", "SELECT count(*) AS visits FROM silver.visits\n");
    disk.contract("shop/marts/total", "visits integer");
    disk.write("shop/marts/late/mart.sql", "SELECT id FROM gold.guests\n");
    disk.contract("shop/marts/late", "id integer key");
    disk.run(disk.project("shop"), "+gold.guests", "gold.total");
  }

  private String told(ExitCode expected, String... arguments) throws Exception {
    return command(expected, "verify", arguments);
  }

  private String command(ExitCode expected, String name, String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> all =
        new ArrayList<>(List.of("--project", folder.resolve("shop").toString(), name));
    all.addAll(List.of(arguments));
    SparkSession shared = TestSpark.session();
    // A command takes the active session and changes its settings.
    SparkSession.setActiveSession(shared.cloneSession());
    try {
      ExitCode exitCode =
          Invocation.execute(
              Assay.commandLine(new Console(out, out, 0)), all.toArray(String[]::new), out);
      assertThat(exitCode).as(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    } finally {
      SparkSession.setActiveSession(shared);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path path(TableName table) {
    return Path.of(disk.project("shop").warehouse().path(table).toUri());
  }

  private DeltaTable guests() {
    return DeltaTable.forPath(TestSpark.session(), path(TableName.gold("guests")).toString());
  }

  private void refused(String message, String... arguments) {
    assertThatThrownBy(() -> told(ExitCode.OK, arguments))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void whatIsWrongInAMartIsToldByKeyAndColumnMaskedAndEndsWithThree() throws Exception {
    shop();
    assertThat(told(ExitCode.OK, "gold.*").lines())
        .containsExactlyInAnyOrder(
            "gold.guests                    proved: 4 rows as computed again",
            "gold.late                      nothing is published yet",
            "gold.total                     proved: 1 row as computed again");
    assertThat(told(ExitCode.OK, "gold.*", "--sample", "2"))
        .contains("gold.guests                    proved: 2 rows as computed again\n");
    assertThat(told(ExitCode.OK, "gold.*", "--json").strip()).isEqualTo("[ ]");

    guests().updateExpr("id = 2", Map.of("visits", "9", "name", "'Eva'"));
    String changed = told(ExitCode.QUALITY, "gold.guests");
    assertThat(changed)
        .startsWith("gold.guests                    DIFFERS\n")
        .contains("it is not what its query gives: 0 rows are missing, 0 surplus, 1 different\n")
        .containsPattern("(?m)^id=2 +name +\\(personal\\) +\\(personal\\)$")
        .containsPattern("(?m)^id=2 +visits +2 +9$")
        .doesNotContain("Ben", "Eva");
    assertThat(told(ExitCode.QUALITY, "gold.guests", "--sample", "4")).contains("1 different");

    guests().delete("id = 3");
    TestSpark.session()
        .sql(
            "INSERT INTO delta.`%s` VALUES (8, 'Zoe', 1, 1)"
                .formatted(path(TableName.gold("guests"))));
    JsonNode found = new ObjectMapper().readTree(told(ExitCode.QUALITY, "gold.*", "--json"));
    JsonNode mart = found.get(found.size() - 1);
    assertThat(found.findValuesAsText("table")).containsOnly("gold.guests");
    assertThat(mart.fieldNames())
        .toIterable()
        .containsExactly("table", "batch", "message", "differences");
    assertThat(mart.get("batch").asLong()).isEqualTo(1);
    assertThat(mart.get("message").asText())
        .isEqualTo("it is not what its query gives: 1 rows are missing, 1 surplus, 1 different");
    assertThat(mart.get("differences").toString())
        .isEqualTo(
            "[{'key':{'id':'2'},'column':'name','expected':'(personal)','found':'(personal)'},{'key':{'id':'2'},'column':'visits','expected':'2','found':'9'},{'key':{'id':'3'},'column':'','expected':'a row','found':null},{'key':{'id':'8'},'column':'','expected':null,'found':'a row'}]"
                .replace('\'', '"'));
    assertThat(told(ExitCode.QUALITY, "gold.guests", "--sample", "9"))
        .as("the keys of a sample are those that the mart has")
        .contains("0 rows are missing, 1 surplus, 1 different");
    assertThat(told(ExitCode.QUALITY, "gold.guests", "--limit", "0"))
        .contains("1 rows are missing")
        .doesNotContain("id=");

    guests().restoreToVersion(0);
    assertThat(told(ExitCode.OK, "gold.guests")).contains("proved: 4 rows");
  }

  @Test
  void aMartThatDiffersIsComputedAnewByARebuild() throws Exception {
    shop();
    assertThat(command(ExitCode.OK, "rebuild", "gold.guests"))
        .isEqualTo(
            """
            gold.guests is what its query gives: 4 rows
            Nothing was changed; --apply computes all of it from its inputs as they are now.
            """);

    guests().updateExpr("id = 2", Map.of("visits", "9"));
    assertThat(told(ExitCode.QUALITY, "gold.guests"))
        .endsWith("    assay rebuild gold.guests --apply computes all of it anew\n");
    assertThat(command(ExitCode.OK, "rebuild", "gold.guests"))
        .startsWith(
            "gold.guests: it is not what its query gives: 0 rows are missing, 0 surplus, 1 different\n")
        .containsPattern("(?m)^id=2 +visits +2 +9$")
        .endsWith(
            "Nothing was changed; --apply computes all of it from its inputs as they are now.\n");
    JsonNode shown =
        new ObjectMapper().readTree(command(ExitCode.OK, "rebuild", "gold.guests", "--json"));
    assertThat(shown.toString())
        .isEqualTo(
            "{'table':'gold.guests','changes':true,'rows':{'added':0,'removed':0,'changed':1},'unproved':null,'differences':[{'key':{'id':'2'},'column':'visits','expected':'2','found':'9'}],'applied':false}"
                .replace('\'', '"'));
    told(ExitCode.QUALITY, "gold.guests");

    JsonNode applied =
        new ObjectMapper()
            .readTree(command(ExitCode.OK, "rebuild", "gold.guests", "--apply", "--json"));
    assertThat(applied.path("outcome").asText()).isEqualTo("succeeded");
    assertThat(applied.path("applied").asBoolean()).isTrue();
    assertThat(told(ExitCode.OK, "gold.guests")).contains("proved: 4 rows");
    assertThat(command(ExitCode.OK, "rebuild", "gold.total", "--apply")).contains("gold.total");

    assertThat(command(ExitCode.FAILURE, "rebuild", "gold.late", "--apply"))
        .contains("gold.late has no batch yet, so there is nothing to rebuild");
    assertThatThrownBy(
            () ->
                command(
                    ExitCode.OK, "rebuild", "gold.guests", "--accept", "rule", "--reason", "so"))
        .hasMessage("a mart is judged when it is computed: --accept goes with --apply");
    assertThatThrownBy(() -> command(ExitCode.OK, "rebuild", "gold.gests"))
        .hasMessage("this project has no mart 'gold.gests'; did you mean 'guests'?");
  }

  @Test
  void whatCannotBeProvedIsToldAndWhatCannotBeAskedIsRefused() throws Exception {
    shop();
    refused(
        "no job of this project is called 'gold.gests'; did you mean 'gold.guests'?", "gold.gests");
    refused("--limit takes a number from 0, --sample one from 1", "gold.*", "--sample", "0");
    refused("--limit takes a number from 0, --sample one from 1", "gold.*", "--limit", "-1");
    refused("'many' is not an int", "gold.*", "--sample", "many");

    removeFiles(TableName.silver("visits"));
    for (String[] arguments :
        List.of(new String[] {"gold.guests"}, new String[] {"gold.guests", "--sample", "2"})) {
      assertThat(told(ExitCode.QUALITY, arguments))
          .isEqualTo(
              """
              gold.guests                    DIFFERS
                  gold.guests: it cannot be proved: the inputs that it was made of were vacuumed since
              """);
    }
  }

  /** As VACUUM would, when the table was written anew. */
  private void removeFiles(TableName table) throws IOException {
    try (Stream<Path> files = Files.walk(path(table))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
  }
}
