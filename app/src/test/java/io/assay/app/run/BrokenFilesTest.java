package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.ops.AccountProof;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which most lines, or a few, are broken; taken in at once, and piece by piece. */
class BrokenFilesTest {
  private static final int FILES = 3;
  private static final int LINES = 100;

  /** By dataset: how many of a hundred lines are broken. */
  private static final Map<String, Integer> BROKEN =
      Map.of("most", 90, "most_piecemeal", 90, "few", 5, "few_piecemeal", 5);

  @TempDir Path folder;

  /** Each kind in turn: not a number, no value, a field too many. */
  private static String file(int number, int broken) {
    return IntStream.range(0, LINES)
        .mapToObj(
            line -> {
              int id = number * LINES + line;
              List<String> bad = List.of("one," + id, ",1", id + ",1,surplus");
              return line < broken ? bad.get(line % bad.size()) : id + ",1";
            })
        .collect(Collectors.joining("\n", "id,amount\n", "\n"));
  }

  @Test
  void aBrokenFeedIsHeldAtItsFirstBatchAndAFewBrokenLinesGoToQuarantine() {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write(
        "shop/assay.yaml", "project: shop\nconnections:\n  landing:\n    store: {root: landing}\n");
    BROKEN.forEach(
        (dataset, broken) -> {
          disk.contract("shop/datasets/" + dataset, "id integer key", "amount integer");
          disk.write(
              "shop/datasets/" + dataset + "/pipeline.yaml",
              "source:\n  files: {connection: landing, path: \"%s-*.csv\", format: csv}\n"
                      .formatted(dataset)
                  + (dataset.endsWith("piecemeal") ? "batch: {files: 1, rows: 1}\n" : ""));
          for (int file = 0; file < FILES; file++) {
            disk.write("shop/landing/%s-%d.csv".formatted(dataset, file), file(file, broken));
          }
        });
    Project shop = disk.project("shop");

    Map<TableName, BatchResult> results =
        disk.run(shop).stream()
            .map(JobReport::result)
            .collect(Collectors.toMap(BatchResult::table, Function.identity()));

    AccountProof proof = new AccountProof(TestSpark.session(), shop.warehouse());
    BROKEN.forEach(
        (dataset, broken) -> {
          TableName silver = TableName.silver(dataset);
          BatchResult result = results.get(silver);
          assertThat(proof.check(silver)).isEmpty();
          if (broken == 90) {
            int first = dataset.endsWith("piecemeal") ? LINES : FILES * LINES;
            assertThat(result.outcome()).isEqualTo(Outcome.HELD);
            assertThat(result.exitCode()).isEqualTo(ExitCode.QUALITY);
            assertThat(result.notes().toString())
                .contains("gate: %d of %d rows (90.0 %%)".formatted(first * 9 / 10, first));
          } else {
            assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(result.account().applied()).isEqualTo(285);
            assertThat(ProjectsOnDisk.rows(shop, "SELECT count(*) FROM quarantine." + dataset))
                .containsExactly("[15]");
            assertThat(ProjectsOnDisk.rows(shop, "SELECT count(*) FROM silver." + dataset))
                .containsExactly("[285]");
          }
        });
  }
}
