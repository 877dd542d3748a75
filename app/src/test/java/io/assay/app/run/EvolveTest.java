package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.TableProof;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolveTest {
  @TempDir private Path folder;

  @Test
  void aColumnThatTheContractDoesNotKnowBecomesAColumnOfSilver() {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    for (String keep : new String[] {"", "history: {keep: scd2, sequence: [at]}\n"}) {
      String name = keep.isEmpty() ? "visits" : "people";
      disk.write(
          "shop/datasets/" + name + "/pipeline.yaml",
          "source: {files: {path: landing/*, format: csv}}\ndrift: evolve\nwhere: kind <> 'x'\n"
              + keep);
      disk.contract("shop/datasets/" + name, "id integer key", "at timestamp");
    }
    disk.write("shop/landing/1.csv", "id,at,kind\n1,2026-01-01,k\n");
    Project shop = disk.project("shop");
    disk.run(shop);
    assertThat(ProjectsOnDisk.rows(shop, "DESCRIBE silver.visits")).hasSize(2);

    disk.write(
        "shop/landing/2.csv",
        "id,at,Shoe Size,kind,valid_from\n1,2026-01-02,42,k,a\n2,2026-01-02,,k,\n");
    assertThat(disk.run(shop))
        .extracting(report -> report.result().outcome())
        .containsOnly(Outcome.SUCCEEDED);
    assertThat(ProjectsOnDisk.rows(shop, "SELECT id, shoe_size FROM silver.visits"))
        .containsExactly("[1,42]", "[1,null]", "[2,null]");
    assertThat(ProjectsOnDisk.rows(shop, "DESCRIBE silver.visits"))
        .contains("[shoe_size,string,null]")
        .noneMatch(column -> column.contains("valid_from"));
    assertThat(
            ProjectsOnDisk.rows(
                shop, "SELECT id, shoe_size, is_current FROM silver.people_history"))
        .containsExactly("[1,42,true]", "[1,null,false]", "[2,null,true]");

    // A file without the column: it is null there, and it stays.
    disk.write("shop/landing/3.csv", "id,at,kind\n2,2026-01-03,k\n");
    disk.run(shop);
    assertThat(ProjectsOnDisk.rows(shop, "SELECT id, shoe_size FROM silver.people"))
        .containsExactly("[1,42]", "[2,null]");
    TableProof proof = new TableProof(TestSpark.session(), shop);
    assertThat(proof.check(TableName.silver("people"))).isEmpty();
    assertThat(proof.check(TableName.silver("visits"))).isEmpty();
  }
}
