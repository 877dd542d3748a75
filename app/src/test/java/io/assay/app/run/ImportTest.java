package io.assay.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.app.operate.SqlStatement;
import io.assay.app.plan.PlannedJob;
import io.assay.app.plan.Planner;
import io.assay.app.spec.ProjectSpecs;
import io.assay.app.spec.SpecResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.job.JobReport;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @TempDir private Path folder;
  private int runs;

  @Test
  void anotherProjectsTablesAreReadAndNeverFilled() throws IOException {
    Project shop = shop();
    Project reports = reports();
    assertThat(pending(reports))
        .containsExactly("silver.names nothing new", "gold.now nothing new");
    assertThat(run(reports).get(1).result().notes())
        .singleElement()
        .asString()
        .startsWith(
            "gold.now reads silver.people, which does not exist yet: it is silver.customers");

    run(shop);
    write("shop/landing/2.csv", "id,city,at\n1,Bath,2026-01-02\n");
    run(shop);
    assertThat(pending(reports))
        .containsExactly("silver.names 2 new versions, 3 rows", "gold.now 2 new versions, 3 rows");
    assertThat(run(reports))
        .extracting(report -> report.result().outcome())
        .containsOnly(Outcome.SUCCEEDED);
    assertThat(rows(reports, "SELECT * FROM gold.now")).containsExactly("[1,Bath]", "[2,Cork]");
    assertThat(rows(reports, "SELECT id FROM silver.names")).containsExactly("[1]", "[1]", "[2]");
    assertThat(pending(reports))
        .containsExactly("silver.names nothing new", "gold.now nothing new");

    write("shop/landing/3.csv", "id,city,at\n2,Ayr,2026-01-03\n");
    run(shop);
    assertThat(pending(reports))
        .containsExactly("silver.names 1 new version, 1 row", "gold.now 1 new version, 1 row");
    run(reports);
    assertThat(rows(reports, "SELECT * FROM gold.now")).containsExactly("[1,Bath]", "[2,Ayr]");
    assertThat(rows(reports, "SELECT count(*) FROM silver.people_history")).containsExactly("[4]");
    assertThat(folder.resolve("reports/warehouse/silver/people_history")).doesNotExist();
  }

  @Test
  void aTestGivesTheRowsOfAnImportedTable() throws IOException {
    Project reports = reports();
    write(
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

  private Project shop() throws IOException {
    write("shop/assay.yaml", "project: shop\n");
    write("shop/landing/1.csv", "id,city,at\n1,Hull,2026-01-01\n2,Cork,2026-01-01\n");
    write(
        "shop/datasets/customers/pipeline.yaml",
        """
        source: {files: {path: landing/*.csv, format: csv}}
        history: {keep: scd2, sequence: [at]}
        """);
    contract("shop/datasets/customers", "customers", "city", "at");
    return project("shop");
  }

  private Project reports() throws IOException {
    write(
        "reports/assay.yaml",
        """
        project: reports
        imports:
          shop:
            warehouse: ../shop/warehouse
            tables: {silver.people: silver.customers, bronze.raw: bronze.customers}
        """);
    write("reports/datasets/names/pipeline.yaml", "source: {table: bronze.raw}\n");
    contract("reports/datasets/names", "names");
    write("reports/marts/now/mart.sql", "SELECT id, city FROM silver.people\n");
    contract("reports/marts/now", "now", "city");
    return project("reports");
  }

  private void contract(String below, String name, String... columns) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: v3.1.0\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\n");
    text.append("schema:\n  - name: ").append(name).append("\n    properties:\n");
    boolean keyed = !name.equals("names");
    text.append("      - {name: id, logicalType: integer, primaryKey: %b}\n".formatted(keyed));
    for (String column : columns) {
      String type = column.equals("at") ? "timestamp" : "string";
      text.append("      - {name: %s, logicalType: %s}\n".formatted(column, type));
    }
    write(below + "/contract.odcs.yaml", text.toString());
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private Project project(String name) {
    return ProjectLoader.load(
        ProjectLocation.of(folder.resolve(name).toString()), "", List.of(), Map.of());
  }

  private static List<String> pending(Project project) {
    return new Planner(project, new Configuration())
        .plan(List.of()).jobs().stream().map(j -> j.table() + " " + j.pending().text()).toList();
  }

  private List<JobReport> run(Project project) {
    runs++;
    JobContext context =
        new JobContext(
            TestSpark.session(),
            project,
            Clock.systemUTC(),
            "20260101T000000Z-%06d".formatted(runs),
            CommitSeam.DIRECT,
            Decision.NONE);
    List<JobReport> reports = new ArrayList<>();
    for (PlannedJob job : new Planner(project, new Configuration()).plan(List.of()).jobs()) {
      reports.add(JobReport.of(ProjectJobs.job(project, job.table()), context));
    }
    return reports;
  }

  private static List<String> rows(Project project, String query) {
    return new SqlStatement(TestSpark.session(), project)
        .rows(query).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
