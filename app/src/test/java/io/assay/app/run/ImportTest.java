package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.spec.ProjectSpecs;
import io.assay.app.spec.SpecResult;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @TempDir private Path folder;
  private ProjectsOnDisk disk;

  @BeforeEach
  void open() {
    disk = new ProjectsOnDisk(folder);
  }

  @Test
  void anotherProjectsTablesAreReadAndNeverFilled() {
    Project shop = shop();
    Project reports = reports();
    assertThat(ProjectsOnDisk.pending(reports))
        .containsExactly("silver.names nothing new", "gold.now nothing new");
    assertThat(disk.run(reports).get(1).result().notes())
        .singleElement()
        .asString()
        .startsWith(
            "gold.now reads silver.people, which does not exist yet: it is silver.customers");

    disk.run(shop);
    disk.write("shop/landing/2.csv", "id,city,at\n1,Bath,2026-01-02\n");
    disk.run(shop);
    assertThat(ProjectsOnDisk.pending(reports))
        .containsExactly("silver.names 2 new versions, 3 rows", "gold.now 2 new versions, 3 rows");
    assertThat(disk.run(reports))
        .extracting(report -> report.result().outcome())
        .containsOnly(Outcome.SUCCEEDED);
    assertThat(ProjectsOnDisk.rows(reports, "SELECT * FROM gold.now"))
        .containsExactly("[1,Bath]", "[2,Cork]");
    assertThat(ProjectsOnDisk.rows(reports, "SELECT id FROM silver.names"))
        .containsExactly("[1]", "[1]", "[2]");
    assertThat(ProjectsOnDisk.pending(reports))
        .containsExactly("silver.names nothing new", "gold.now nothing new");

    disk.write("shop/landing/3.csv", "id,city,at\n2,Ayr,2026-01-03\n");
    disk.run(shop);
    assertThat(ProjectsOnDisk.pending(reports))
        .containsExactly("silver.names 1 new version, 1 row", "gold.now 1 new version, 1 row");
    disk.run(reports);
    assertThat(ProjectsOnDisk.rows(reports, "SELECT * FROM gold.now"))
        .containsExactly("[1,Bath]", "[2,Ayr]");
    assertThat(ProjectsOnDisk.rows(reports, "SELECT count(*) FROM silver.people_history"))
        .containsExactly("[4]");
    assertThat(folder.resolve("reports/warehouse/silver/people_history")).doesNotExist();
  }

  @Test
  void aTestGivesTheRowsOfAnImportedTable() {
    Project reports = reports();
    disk.write(
        "reports/tests/now.yaml",
        """
        the current rows are shown:
          given:
            silver.people:
              - {id: 1, city: Bath, price: 1.50, at: 2026-01-01}
              - {id: 2, city: null, price: 2, at: null}
          expect:
            gold.now:
              - {id: 1, city: Bath}
              - {id: 2, city: null}
        what was landed elsewhere is cleaned here:
          given:
            bronze.raw: [{id: "1", city: Bath, at: 2026-01-01}]
          expect:
            silver.names: [{id: 1}]
        """);

    List<SpecResult> results =
        ProjectSpecs.read(reports, new Configuration())
            .run(TestSpark.session(), table -> ProjectJobs.job(reports, table), result -> {});

    assertThat(results).hasSize(2).allSatisfy(r -> assertThat(r.differences()).isEmpty());
  }

  private Project shop() {
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.write("shop/landing/1.csv", "id,city,at\n1,Hull,2026-01-01\n2,Cork,2026-01-01\n");
    disk.write(
        "shop/datasets/customers/pipeline.yaml",
        """
        source: {files: {path: landing/*.csv, format: csv}}
        history: {keep: scd2, sequence: [at]}
        """);
    disk.contract("shop/datasets/customers", "id integer key", "city string", "at timestamp");
    return disk.project("shop");
  }

  private Project reports() {
    disk.write(
        "reports/assay.yaml",
        """
        project: reports
        imports:
          shop:
            warehouse: ../shop/warehouse
            tables: {silver.people: silver.customers, bronze.raw: bronze.customers}
        """);
    disk.write("reports/datasets/names/pipeline.yaml", "source: {table: bronze.raw}\n");
    disk.contract("reports/datasets/names", "id integer");
    disk.write("reports/marts/now/mart.sql", "SELECT id, city FROM silver.people\n");
    disk.contract("reports/marts/now", "id integer key", "city string");
    return disk.project("reports");
  }
}
