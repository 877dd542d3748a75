package io.assay.bronze.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.bronze.BronzeProject;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.Overlap;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Pending;
import io.assay.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project whose dataset reads one database. */
final class Tables {
  final BronzeProject project;
  private final Source.Jdbc source;
  private final long rows;

  private Tables(BronzeProject project, Source.Jdbc source, long rows) {
    this.project = project;
    this.source = source;
    this.rows = rows;
  }

  static Tables of(Path folder, Connection.Jdbc connection, Source.Jdbc source) {
    return new Tables(new BronzeProject(folder, Map.of("shop", connection)), source, 1_000_000);
  }

  /** Of a database of the server that tests share. */
  static Tables of(Path folder, String database, Source.Jdbc source) {
    return of(
        folder, connection(PostgresServer.shared().url(database), Duration.ofSeconds(5)), source);
  }

  Tables inBatchesOf(long limit) {
    return new Tables(project, source, limit);
  }

  Tables reading(Source.Jdbc other) {
    return new Tables(project, other, rows);
  }

  static Connection.Jdbc connection(String url, Duration patience) {
    return new Connection.Jdbc(
        url,
        Optional.of(PostgresServer.USER),
        Optional.of(PostgresServer.PASSWORD),
        Map.of(),
        patience);
  }

  static Source.Jdbc changes(String table, String watermark, String overlap, String... key) {
    return new Source.Jdbc(
        "shop",
        Optional.of(table),
        Optional.empty(),
        Optional.of(new Source.Watermark(watermark, Overlap.of(overlap))),
        List.of(key),
        Optional.empty(),
        100);
  }

  static Source.Jdbc changesOf(String query, String watermark, String overlap, String... key) {
    return new Source.Jdbc(
        "shop",
        Optional.empty(),
        Optional.of(query),
        Optional.of(new Source.Watermark(watermark, Overlap.of(overlap))),
        List.of(key),
        Optional.empty(),
        50);
  }

  static Source.Jdbc snapshots(String table, String every, String... key) {
    return new Source.Jdbc(
        "shop",
        Optional.of(table),
        Optional.empty(),
        Optional.empty(),
        List.of(key),
        Optional.of(Duration.parse(every)),
        100);
  }

  BatchResult run() {
    return run(CommitSeam.DIRECT);
  }

  BatchResult run(CommitSeam seam) {
    return new JdbcIngestJob(dataset(), source).run(project.context(seam, Decision.NONE));
  }

  /** A run that must fail, and what it must say. */
  void assertFails(ExitCode exitCode, String... parts) {
    assertFails(CommitSeam.DIRECT, exitCode, parts);
  }

  void assertFails(CommitSeam seam, ExitCode exitCode, String... parts) {
    assertThatThrownBy(() -> run(seam))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
        .hasMessageContainingAll(parts);
  }

  Pending pending() {
    return new JdbcIngestion()
        .pending(
            project.project(), dataset(), project.spark().sparkContext().hadoopConfiguration());
  }

  private io.assay.config.Dataset dataset() {
    return project.dataset(source, new BatchLimits(rows, 10));
  }
}
