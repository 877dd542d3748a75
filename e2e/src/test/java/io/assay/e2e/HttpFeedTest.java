package io.assay.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.assay.app.operate.TableProof;
import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.JobReport;
import io.assay.table.TableName;
import io.assay.testing.JsonApi;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the pages of an API to silver: each record is an event, whatever the pages. */
class HttpFeedTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final TableName READINGS = TableName.silver("readings");

  @TempDir Path folder;

  @Test
  void recordsOfPagesBecomeRowsOnceAndAPageOfNonsenseIsQuarantined() throws IOException {
    files()
        .write(
            "assay.yaml",
            """
        project: feeds
        connections:
          sensors:
            http:
              url: ${env:API}
              auth: {parameter: {name: key, secret: "${env:KEY}"}}
        """);
    files()
        .write(
            "datasets/readings/pipeline.yaml",
            """
        source:
          http:
            connection: sensors
            path: readings
            parameters: {limit: 2}
            paging: {cursor: {parameter: after, at: next}}
            records: data
            incremental: {parameter: since, greatest: at, overlap: PT1M}
        explode: data
        columns: {status: _page.status}
        history: {keep: scd1, sequence: [at]}
        gate: {quarantined: 100}
        """);
    files()
        .write(
            "datasets/readings/contract.odcs.yaml",
            """
        apiVersion: v3.1.0
        kind: DataContract
        id: feeds.readings
        name: readings
        version: 1.0.0
        status: active
        schema:
          - name: readings
            logicalType: object
            physicalType: table
            properties:
              - {name: sensor, primaryKey: true, primaryKeyPosition: 1, logicalType: string, physicalType: string, required: true, description: It.}
              - {name: at, logicalType: timestamp, physicalType: timestamp, required: true, description: It.}
              - {name: celsius, logicalType: number, physicalType: 'decimal(5,2)', required: true, description: It.}
              - {name: status, logicalType: integer, physicalType: int, required: true, description: It.}
        """);
    try (JsonApi api = JsonApi.start()) {
      Project project =
          ProjectRun.project(
              folder.resolve("project"),
              folder.resolve("warehouse"),
              Map.of("API", api.url(), "KEY", "s3cret"));
      ProjectRun run = new ProjectRun(SPARK, project);

      api.add(
          "readings",
          List.of(
              reading("a", "10:00:00", "18.50"),
              reading("b", "10:00:10", "19.00"),
              reading("c", "10:00:20", "\"warm\"")));
      assertThat(account(run.run())).isEqualTo(new Account(2, 1, 0, 2, 0, 0, 0, 1, 0));

      StubMapping nonsense =
          api.server()
              .stubFor(
                  get(urlPathEqualTo("/readings")).atPriority(1).willReturn(ok("<html></html>")));
      List<JobReport> reports = run.run();
      assertThat(reports.get(0).exitCode()).isEqualTo(ExitCode.QUALITY);
      assertThat(account(reports)).isEqualTo(new Account(1, 0, 0, 0, 0, 0, 0, 1, 0));
      assertThat(run.run().get(0).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);

      api.server().removeStub(nonsense);
      api.add("readings", List.of(reading("a", "10:01:10", "20.25")));
      assertThat(account(run.run())).isEqualTo(new Account(2, 2, 0, 1, 0, 0, 2, 1, 0));

      assertThat(
              run.read(READINGS)
                  .selectExpr("concat_ws(' ', sensor, at, celsius, status)")
                  .as(Encoders.STRING())
                  .collectAsList())
          .containsExactlyInAnyOrder(
              "a 2026-01-01 10:01:10 20.25 200", "b 2026-01-01 10:00:10 19.00 200");
      assertThat(new TableProof(SPARK, project).check(READINGS)).isEmpty();
      Map<TableName, Long> versions = run.versions();
      assertThat(run.run())
          .allSatisfy(report -> assertThat(report.result().outcome()).isEqualTo(Outcome.UNCHANGED));
      assertThat(run.versions()).isEqualTo(versions);
    }
  }

  /** What silver did. */
  private static Account account(List<JobReport> reports) {
    return reports.get(1).result().account();
  }

  private static String reading(String sensor, String time, String celsius) {
    return "{\"sensor\":\"%s\",\"at\":\"2026-01-01T%sZ\",\"celsius\":%s}"
        .formatted(sensor, time, celsius);
  }

  private ProjectFiles files() {
    return new ProjectFiles(folder.resolve("project"));
  }
}
