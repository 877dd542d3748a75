package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCheckTest {
  private static final String ORDERS = "datasets/sales/orders/pipeline.yaml";
  private static final String SETTINGS =
      """
      project: shop
      connections:
        landing: {store: {root: /data}}
        sensors:
          http:
            url: https://api.example.com/v1
            headers: {X-Api-Key: plain-s3cret}
            auth: {oauth2: {url: "https://id.example.com/token", client_id: us, client_secret: plain-s3cret}}
            retry: {first: PT1S}
            rate: {requests: 5}
        keyed: {http: {url: "http://localhost", auth: {parameter: {name: appid, secret: "${env:KEY}"}}}}
      """;
  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "referred-s3cret");

  @TempDir Path folder;

  private ProjectFolder project(String pipeline) {
    ProjectFolder project = ProjectFolder.sound(folder);
    project.write("assay.yaml", SETTINGS);
    project.write(ORDERS, pipeline);
    return project;
  }

  private List<String> problems(String pipeline) {
    return project(pipeline).problems("", List.of(), ENVIRONMENT);
  }

  @Test
  void anEndpointIsReadWithItsDefaultsAndShowsNoSecret() {
    ProjectFolder files =
        project(
            """
            source:
              http:
                connection: sensors
                path: readings
                paging: {link: next}
                incremental: {parameter: since, greatest: at, overlap: 300}
            """);

    Project project = files.load("", List.of(), ENVIRONMENT);

    Source.Http source = (Source.Http) project.datasets().get("orders").pipeline().source();
    assertThat(source.paging()).contains(new HttpPaging.Link("next"));
    assertThat(source.incremental().orElseThrow().overlap())
        .contains(new HttpIncremental.Overlap("300"));
    assertThat(source.limits()).isEqualTo(Source.Limits.DEFAULT);
    assertThat(project.datasets().get("orders").pipeline().payload(project))
        .isEqualTo(Payload.JSON);
    Connection.Http sensors = (Connection.Http) project.settings().connections().get("sensors");
    assertThat(sensors.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sensors.patience()).isEqualTo(Duration.ofMinutes(2));
    assertThat(sensors.retry())
        .isEqualTo(new Connection.Http.Retry(Duration.ofSeconds(1), Duration.ofSeconds(30)));
    assertThat(sensors.breaker()).isEqualTo(Connection.Http.Breaker.DEFAULT);
    assertThat(sensors.rate()).contains(new Connection.Http.Rate(5, Duration.ofSeconds(1)));
    assertThat(project.toString()).doesNotContain("s3cret");
    assertThat(ConfigurationReport.of(files.location(), "", List.of(), ENVIRONMENT))
        .contains("first: PT1S", "overlap: 300")
        .doesNotContain("s3cret");
  }

  @Test
  void everyMistakeInASourceIsSaid() {
    assertThat(
            problems(
                """
                source:
                  http:
                    connection: landing
                    path: ../readings?key=1
                    parameters: {page: 1}
                    records: data..items
                    paging: {page: {parameter: page, step: 0}}
                    incremental: {parameter: page, token: t, greatest: g, overlap: PT0S}
                    limits: {record_bytes: 0, depth: 0}
                """))
        .extracting(problem -> problem.replaceFirst(".*pipeline.yaml:[0-9]+:[0-9]+: ", ""))
        .containsExactlyInAnyOrder(
            "source.http.connection: connection 'landing' is of kind store; http needs one of kind"
                + " http",
            "source.http.path: must be a path such as sensors/readings, without '..'; parameters"
                + " stand apart",
            "source.http.records: must be names with dots between them, such as meta.next",
            "source.http.paging.page.step: must be at least 1",
            "source.http.incremental: expected exactly one of the keys greatest, token, found"
                + " greatest, token",
            "source.http.incremental.overlap: expected a duration in days or less, such as PT5M, or"
                + " a whole number, found 'PT0S'",
            "source.http.incremental: the parameter 'page' stands in parameters and paging and"
                + " incremental, and can have one meaning only",
            "source.http.limits.record_bytes: must be at least 1",
            "source.http.limits.depth: must be at least 1");
    assertThat(
            problems(
                "source: {http: {connection: sensors, path: r, limits: {record_bytes: 33mb}}}\n"))
        .singleElement()
        .asString()
        .endsWith("limits.record_bytes: must be at most 32mb, since pages are held in memory");
    assertThat(
            problems(
                """
                source: {http: {connection: sensors, path: readings}}
                format: snapshot
                snapshot: {taken_at: _page.fetched_at}
                history: {keep: scd2}
                """))
        .singleElement()
        .asString()
        .contains("format: snapshot needs records that are whole at one time");
  }

  @Test
  void everyMistakeInAConnectionIsSaidWithoutItsSecrets() {
    ProjectFolder project = project("source: {http: {connection: sensors, path: readings}}");
    project.replace("assay.yaml", "https://api.example.com/v1", "https://u:p-s3cret@example.com");
    project.replace("assay.yaml", "X-Api-Key: plain-s3cret", "Host: \"a\\ns3cret\"");
    project.replace("assay.yaml", "retry: {first: PT1S}", "retry: {first: PT1M}");
    project.replace("assay.yaml", "requests: 5", "requests: 0");

    assertThat(project.problems("", List.of(), ENVIRONMENT))
        .extracting(problem -> problem.replaceFirst("assay.yaml:[0-9]+:[0-9]+: ", ""))
        .containsExactlyInAnyOrder(
            "connections.sensors.http.url: must be like https://api.example.com/v1: without user,"
                + " password and parameters",
            "connections.sensors.http.headers.Host: cannot be set: Assay sets it itself, the header"
                + " Authorization by auth",
            "connections.sensors.http.headers.Host: has a character that no header can hold",
            "connections.sensors.http.retry.longest: must be at least as long as first",
            "connections.sensors.http.rate.requests: must be at least 1");
  }
}
