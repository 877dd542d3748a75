package io.assay.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.app.run.ProjectsOnDisk;
import io.assay.config.Project;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReportTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyTypeOfColumnIsToldOfFilesAndOfTablesAlike() throws IOException {
    ProjectsOnDisk disk = new ProjectsOnDisk(folder);
    disk.write("shop/assay.yaml", "project: shop\n");
    disk.contract(
        "shop/datasets/sales",
        "id integer key",
        "tier string",
        "owner string personal",
        "sold date");
    disk.write(
        "shop/datasets/sales/pipeline.yaml",
        "source: {files: {path: landing/*.csv, format: csv}}\n");
    StringBuilder file =
        new StringBuilder(
            "id,tier,price,sold,owner,a very long name of a column that does not end before the line does\n");
    for (int i = 1; i <= 200; i++) {
      file.append(i).append(i % 4 == 0 ? ",gold," : ",standard,");
      file.append(i % 10 == 0 ? "" : i + ".25").append(",2011-01-31,Ada ").append(i).append(",\n");
    }
    file.append("Zoe,short\n");
    disk.write("shop/landing/sales.csv", file.toString());
    Project project = disk.project("shop");

    ProfileReport report =
        ProfileReport.ofFiles(
            SPARK, project, folder.resolve("shop/landing/sales.csv").toString(), Optional.empty());

    JsonNode json = JSON.readTree(report.json());
    assertThat(json.get("rows").asLong()).isEqualTo(200);
    assertThat(json.get("unreadable").asLong()).isEqualTo(1);
    assertThat(json.get("delimiter").asText()).isEqualTo(",");
    JsonNode id = json.at("/columns/0");
    assertThat(id.get("type").asText()).isEqualTo("bigint");
    assertThat(id.get("distinct").asLong()).isEqualTo(200);
    assertThat(id.get("distinct_exact").asBoolean()).isTrue();
    assertThat(id.get("maximum").asText()).isEqualTo("200");
    assertThat(id.get("mean").asDouble()).isEqualTo(100.5);
    assertThat(id.at("/quantiles/2/value").asDouble()).isEqualTo(100);
    assertThat(id.get("buckets")).hasSize(10);
    assertThat(id.at("/buckets/9/rows").asLong()).isEqualTo(20);
    assertThat(id.get("suggestions").toString()).contains("complete", "unique", "not_negative");
    JsonNode tier = json.at("/columns/1");
    assertThat(tier.at("/values/0/value").asText()).isEqualTo("standard");
    assertThat(tier.at("/values/0/rows").asLong()).isEqualTo(150);
    assertThat(tier.get("suggestions").toString()).contains("among");
    JsonNode price = json.at("/columns/2");
    assertThat(price.get("type").asText()).isEqualTo("decimal(18,2)");
    assertThat(price.get("completeness").asDouble()).isEqualTo(0.9);
    assertThat(price.get("minimum").asText()).isEqualTo("1.25");
    assertThat(price.at("/suggestions/0/share").asDouble()).isBetween(0.8, 0.9);
    assertThat(json.at("/columns/3/maximum").asText()).isEqualTo("2011-01-31");
    assertThat(json.at("/columns/5/present").asLong()).isZero();

    String text = text(report, false);
    assertThat(text).contains("gold", "standard", "██", "1 more row unreadable", "filled 90 %");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).doesNotContain("\u001b");
    assertThat(text(report, true)).contains("\u001b[1mid\u001b[0m");

    disk.run(project);
    assertThatThrownBy(() -> ProfileReport.ofTable(SPARK, project, TableName.silver("sale")))
        .hasMessage("the project has no table silver.sale; did you mean 'silver.sales'?");
    ProfileReport table = ProfileReport.ofTable(SPARK, project, TableName.silver("sales"));
    assertThat(table.rows()).isEqualTo(200);
    JsonNode owner = JSON.readTree(table.json()).at("/columns/2");
    assertThat(owner.get("personal").asText()).contains("contract");
    assertThat(owner.get("values")).isEmpty();
    assertThat(table.json() + text(table, false)).doesNotContain("Ada");
    ProfileReport refused =
        ProfileReport.ofTable(SPARK, project, TableName.parse("quarantine.sales").orElseThrow());
    assertThat(refused.rows()).isEqualTo(1);
    assertThat(refused.json()).doesNotContain("Zoe").contains("unreadable");
    assertThat(Files.exists(folder.resolve("shop/datasets/profiled"))).isFalse();
  }

  private static String text(ProfileReport report, boolean emphasis) throws IOException {
    StringBuilder text = new StringBuilder();
    report.write(text, emphasis);
    return text.toString();
  }
}
