package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A dataset of 200,000 readings, {@code id} and {@code text}, whose processes are killed ten times
 * at random moments: runs and streams by turns, since either goes on where the other was.
 */
final class KilledReadings {
  static final int RECORDS = 200_000;
  private static final int KILLS = 10;
  private static final long SEED = 20_261_121;
  private static final List<String> COMMANDS = List.of("run", "stream");
  private static final TableName BRONZE = TableName.bronze("readings");
  private static final TableName SILVER = TableName.silver("readings");

  private final SmallProject project;

  /**
   * Writes the project.
   *
   * @param settings lines of assay.yaml
   * @param pipeline of the dataset, without its trigger
   */
  KilledReadings(Path folder, String settings, String pipeline) throws IOException {
    project = new SmallProject(folder);
    Path dataset = Files.createDirectories(folder.resolve("datasets/readings"));
    Files.writeString(
        folder.resolve("assay.yaml"),
        "project: killed\nbatch: {rows: 15000, files: 10}\n" + settings);
    Files.writeString(dataset.resolve("pipeline.yaml"), pipeline + "continuous: {every: 1s}\n");
    Files.writeString(
        dataset.resolve("contract.odcs.yaml"),
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: killed.readings
        name: readings
        version: 1.0.0
        status: active
        schema:
          - name: readings
            logicalType: object
            properties:
              - {name: id, logicalType: integer, physicalType: bigint, required: true}
              - {name: text, logicalType: string, required: true}
        """);
  }

  /** Kills processes at random moments after each has begun a batch. */
  static void killTenTimes(SmallProject project) throws Exception {
    Random random = new Random(SEED);
    int inHand = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String command = COMMANDS.get(kill % COMMANDS.size());
      inHand += KilledRun.killed(project, command, random.nextInt(3000)) ? 1 : 0;
    }
    assertThat(inHand).as("kills with a batch in hand").isGreaterThan(KILLS / 2);
  }

  /**
   * Kills, lets a run do the rest, and compares: silver with what an undisturbed run makes of the
   * readings.
   *
   * @param landed how many rows bronze must have
   */
  void areThereOnceAfterTenKills(long landed) throws Exception {
    killTenTimes(project);
    assertThat(AssayProcess.launched(project).waitFor()).isZero();

    ProjectRun run =
        new ProjectRun(
            TestSpark.compiling(),
            ProjectRun.project(project.folder(), project.warehouse(), Map.of()));
    assertEachOnce(run, BRONZE, landed);
    Dataset<Row> expected =
        TestSpark.compiling().range(RECORDS).selectExpr("id", "concat('reading ', id) AS text");
    Dataset<Row> silver = run.read(SILVER).select("id", "text");
    assertThat(silver.exceptAll(expected).count()).isZero();
    assertThat(silver.count()).isEqualTo(RECORDS);
    assertThat(run.discrepancies()).isEmpty();
  }

  /** By coordinates. */
  static void assertEachOnce(ProjectRun run, TableName bronze, long landed) {
    assertThat(run.count(bronze)).isEqualTo(landed);
    assertThat(run.stored(bronze).select("_source.origin", "_source.position").distinct().count())
        .isEqualTo(landed);
  }
}
