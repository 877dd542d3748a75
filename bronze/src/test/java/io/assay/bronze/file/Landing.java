package io.assay.bronze.file;

import io.assay.batch.BatchLedger;
import io.assay.batch.BatchResult;
import io.assay.batch.CommitSeam;
import io.assay.batch.Decision;
import io.assay.bronze.BronzeProject;
import io.assay.config.BatchLimits;
import io.assay.config.Connection;
import io.assay.config.Source;
import io.assay.config.Source.FileFormat;
import io.assay.job.Pending;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A project whose dataset's files lie in the folder {@code in}. */
final class Landing {
  static final TableName TABLE = BronzeProject.TABLE;

  private final BronzeProject project;
  private final Path folder;
  private final Source.Files source;
  private final int files;

  Landing(Path folder, Source.Files source, int files, Map<String, Connection> connections) {
    this.folder = folder;
    this.source = source;
    this.files = files;
    this.project = new BronzeProject(folder, connections);
  }

  static Landing of(Path folder, FileFormat format) {
    return of(folder, format, 1000);
  }

  static Landing of(Path folder, FileFormat format, int files) {
    Source.Limits limits = new Source.Limits(1 << 20, 20);
    Source.Files source =
        new Source.Files(Optional.empty(), "in/*", format, "UTF-8", Source.Csv.DEFAULT, limits);
    return new Landing(folder, source, files, Map.of());
  }

  Path file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path file(String name, byte[] content) {
    try {
      Path file = folder.resolve("in").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void touch(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BatchResult run() {
    return run(CommitSeam.DIRECT);
  }

  BatchResult run(CommitSeam seam) {
    return new FileIngestJob(dataset(), source).run(project.context(seam, Decision.NONE));
  }

  Pending pending() {
    return new FileIngestion()
        .pending(
            project.project(), dataset(), project.spark().sparkContext().hadoopConfiguration());
  }

  SparkSession spark() {
    return project.spark();
  }

  Dataset<Row> rows() {
    return project.rows();
  }

  List<String> rows(String... expressions) {
    return project.rows(expressions);
  }

  long version() {
    return project.version();
  }

  /** What the newest batch tells of columns. */
  List<String> changes() {
    return project.changes();
  }

  BatchLedger ledger() {
    return project.ledger();
  }

  private io.assay.config.Dataset dataset() {
    return project.dataset(source, new BatchLimits(1_000_000, files));
  }
}
