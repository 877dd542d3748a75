package io.assay.bronze.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.batch.Pace;
import io.assay.bronze.BronzeProject;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.HttpAuth;
import io.assay.config.HttpIncremental;
import io.assay.config.HttpIncremental.Overlap;
import io.assay.config.HttpPaging;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A project whose dataset reads endpoints of one API. */
final class Endpoints {
  static final HttpPaging CURSOR = new HttpPaging.Cursor("after", "next");

  final BronzeProject project;

  Endpoints(Path folder, Connection.Http api) {
    project = new BronzeProject(folder, Map.of("api", api));
  }

  /** A connection that waits little. */
  static Connection.Http api(String url, HttpAuth auth) {
    return api(url, auth, Duration.ofSeconds(5), new Connection.Http.Breaker(100, millis(1)));
  }

  static Connection.Http api(
      String url, HttpAuth auth, Duration patience, Connection.Http.Breaker breaker) {
    return api(url, auth, Duration.ofSeconds(10), patience, breaker);
  }

  /** One that soon gives up. */
  static Connection.Http api(String url, Duration timeout, Duration patience) {
    return api(url, null, timeout, patience, Connection.Http.Breaker.DEFAULT);
  }

  private static Connection.Http api(
      String url,
      HttpAuth auth,
      Duration timeout,
      Duration patience,
      Connection.Http.Breaker breaker) {
    return new Connection.Http(
        url,
        Map.of("X-Team", "assay"),
        Optional.ofNullable(auth),
        timeout,
        patience,
        new Connection.Http.Retry(millis(10), millis(100)),
        breaker,
        Optional.empty());
  }

  static Duration millis(long number) {
    return Duration.ofMillis(number);
  }

  /** Records by their numbers, a second apart. */
  static List<String> records(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\":%d,\"at\":\"2026-01-01T00:00:%02dZ\"}".formatted(i, i))
        .toList();
  }

  static Source.Http source(String path, HttpPaging paging) {
    return source(path, paging, null, Map.of());
  }

  static Source.Http source(
      String path, HttpPaging paging, HttpIncremental incremental, Map<String, String> parameters) {
    return new Source.Http(
        "api",
        path,
        parameters,
        Optional.ofNullable(paging),
        Optional.of("data"),
        Optional.ofNullable(incremental),
        new Source.Limits(1 << 10, 20));
  }

  static HttpIncremental since(String field, String overlap) {
    return new HttpIncremental(
        "since",
        Optional.of(field),
        Optional.empty(),
        Optional.ofNullable(overlap).map(Overlap::of),
        Optional.empty());
  }

  BatchResult run(Source.Http source) {
    return run(source, 1_000_000, CommitSeam.DIRECT);
  }

  BatchResult run(Source.Http source, long rows, CommitSeam seam) {
    return new HttpIngestJob(project.dataset(source, new BatchLimits(rows, 10)), source)
        .run(project.context(seam, Decision.NONE));
  }

  /** As a stream runs it: one batch, if there is any. */
  BatchResult runOne(Source.Http source, long rows) {
    return new HttpIngestJob(project.dataset(source, new BatchLimits(rows, 10)), source)
        .run(
            project
                .context(CommitSeam.DIRECT, Decision.NONE)
                .with(project.project(), new Pace(() -> true, Duration.ZERO)));
  }

  Pending pending(Source.Http source) {
    return new HttpIngestion()
        .pending(
            project.project(),
            project.dataset(source, BatchLimits.DEFAULT),
            project.spark().sparkContext().hadoopConfiguration());
  }

  /** A run that must fail, and what it must say. */
  void assertFails(Source.Http source, ExitCode exitCode, String... parts) {
    assertThatThrownBy(() -> run(source))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(parts)
        .hasMessageNotContainingAny("s3cret", "s3:cret", "s3%3Acret");
  }
}
