package io.assay.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.assay.e2e.ProjectRun.assertSucceeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.assay.app.operate.TableStatus;
import io.assay.app.plan.Planner;
import io.assay.app.stream.StreamPlan;
import io.assay.batch.BatchResult;
import io.assay.batch.Outcome;
import io.assay.config.Destination;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobReport;
import io.assay.job.Pending;
import io.assay.table.TableName;
import io.assay.testing.JsonApi;
import io.assay.testing.PostgresServer;
import io.assay.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project of docs/how-to/publish-a-mart.md, from its files to its copies. */
class PublishFeedTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/publish-a-mart.md");
  private static final TableName COPY = TableName.publish("crm_customers");
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: shop.NAME
      name: NAME
      version: 1.0.0
      status: active
      schema:
        - name: NAME
          logicalType: object
          physicalType: table
          properties:
            - {name: customer_id, logicalType: integer, physicalType: int, required: true, primaryKey: true, primaryKeyPosition: 1, description: Who.}
            - {name: full_name, logicalType: string, physicalType: string, tags: [pii], description: Name.}
            - {name: total, logicalType: number, physicalType: 'decimal(10,2)', description: Money.}
            - {name: note, logicalType: string, physicalType: string, description: Stays.}
      """;

  @TempDir Path folder;

  private void customers(int day, String rows) throws Exception {
    ProjectFiles files = new ProjectFiles(folder.resolve("project"));
    files.write(
        "files/customers-%d.csv".formatted(day), "customer_id,full_name,total,note,day\n" + rows);
  }

  /**
   * Writes the project.
   *
   * @param connections more of them, as lines
   * @param more copies, as lines
   */
  private static void written(ProjectFiles files, String connections, String more)
      throws Exception {
    files.write(
        "assay.yaml",
        PAGE.text("assay.yaml") + "  landing: {store: {root: files}}\n" + connections);
    files.write(
        "datasets/customers/pipeline.yaml",
        """
        source: {files: {connection: landing, path: "customers-*.csv", format: csv}}
        history: {keep: scd1, sequence: [day]}
        """);
    files.write(
        "datasets/customers/contract.odcs.yaml",
        CONTRACT.replace("NAME", "customers")
            + "      - {name: day, logicalType: integer, physicalType: int, required: true, description: When.}\n");
    String mart = "marts/customer_totals/";
    files.write(
        mart + "pipeline.yaml",
        PAGE.text(mart + "pipeline.yaml") + PAGE.text(mart + "pipeline.yaml, continued") + more);
    files.write(mart + "contract.odcs.yaml", CONTRACT.replace("NAME", "customer_totals"));
    files.write(
        mart + "mart.sql",
        "SELECT customer_id, full_name, total, note FROM silver.customers WHERE total > 0\n");
  }

  /**
   * @param patience how long the database is waited for
   */
  private Project project(PostgresServer server, JsonApi api, String patience) throws Exception {
    written(new ProjectFiles(folder.resolve("project")), "", "");
    return ProjectLoader.load(
        ProjectLocation.of(folder.resolve("project").toString()),
        "",
        List.of(
            "warehouse=" + folder.resolve("warehouse"),
            "connections.crm.jdbc.patience=" + patience),
        Map.of(
            "CRM_HOST",
            "127.0.0.1:" + server.port(),
            "CRM_PASSWORD",
            PostgresServer.PASSWORD,
            "MAIL_URL",
            api.url(),
            "MAIL_TOKEN",
            "t0ken"));
  }

  @Test
  void theRedisOfThePageIsValid() throws Exception {
    ProjectFiles files = new ProjectFiles(folder.resolve("project"));
    written(
        files,
        PAGE.text("assay.yaml, continued"),
        PAGE.text("marts/customer_totals/pipeline.yaml, continued further"));
    Project project =
        ProjectLoader.load(
            ProjectLocation.of(folder.resolve("project").toString()),
            "",
            List.of(),
            Map.of(
                "CRM_HOST",
                "h",
                "CRM_PASSWORD",
                "p",
                "MAIL_URL",
                "http://m",
                "MAIL_TOKEN",
                "t",
                "CACHE_PASSWORD",
                "c"));
    assertThat(project.publication("cached_customers").orElseThrow().to())
        .isEqualTo(new Destination.Redis("cache", "customer", Optional.of(Duration.ofDays(7))));
  }

  private static BatchResult of(TableName table, List<JobReport> reports) {
    return reports.stream()
        .map(JobReport::result)
        .filter(result -> result.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theProjectOfThePageIsPublishedAndFollowsItsSource() throws Exception {
    try (PostgresServer server = PostgresServer.start(folder.resolve("server"));
        JsonApi api = JsonApi.start()) {
      api.server()
          .stubFor(
              put("/customers/batch")
                  .withHeader("Authorization", equalTo("Bearer t0ken"))
                  .willReturn(ok()));
      server.create("crm");
      customers(1, "1,Ann,5,a,1\n2,Bo,7,b,1\n3,Cy,9,c,1\n");
      Project project = project(server, api, "1m");
      ProjectRun run = new ProjectRun(SPARK, project);
      assertSucceeded(run.run());
      String rows = "SELECT customer, name, spent FROM customer_totals ORDER BY 1";
      assertThat(server.rows("crm", rows)).containsExactly("1|Ann|5.00", "2|Bo|7.00", "3|Cy|9.00");

      customers(2, "2,Bob,7,b,2\n3,Cy,0,c,2\n1,Ann,5,other,2\n");
      Configuration configuration = SPARK.sessionState().newHadoopConf();
      server.stop();
      List<JobReport> second = new ProjectRun(SPARK, project(server, api, "1s")).run();
      assertThat(of(COPY, second).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(of(TableName.publish("mail_customers"), second).account().applied()).isEqualTo(1);
      assertThat(api.server().findAll(putRequestedFor(urlEqualTo("/customers/batch"))))
          .extracting(LoggedRequest::getBodyAsString)
          .last()
          .isEqualTo("[{\"op\":\"delete\",\"version\":1,\"key\":{\"id\":3}}]");
      assertThat(new Planner(project, configuration).pending(COPY))
          .isInstanceOfSatisfying(
              Pending.Versions.class, behind -> assertThat(behind.versions()).isEqualTo(1));
      assertThat(TableStatus.of(project, configuration))
          .filteredOn(status -> status.behind().isPresent())
          .extracting(TableStatus::table)
          .containsExactly(COPY);

      server.start();
      BatchResult third = of(COPY, run.run());
      assertThat(third.outcome()).as(third.notes().toString()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(third.account().applied()).isEqualTo(2);
      assertThat(third.version()).hasValue(1);
      assertThat(server.rows("crm", rows)).containsExactly("1|Ann|5.00", "2|Bob|7.00");
      assertThat(run.discrepancies()).isEmpty();
      assertThat(TableStatus.of(project, configuration))
          .noneMatch(status -> status.behind().isPresent());
      assertThat(StreamPlan.everything(project).queries()).isEmpty();
    }
  }
}
