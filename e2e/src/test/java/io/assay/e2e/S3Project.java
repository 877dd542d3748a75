package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The smallest project on S3: the project and its warehouse in one bucket, its sources in another
 * that has settings of its own.
 *
 * @param local the copy that was sent there; what processes print lies beside it
 * @param lake the bucket with project and warehouse
 * @param inbox the bucket with the sources
 * @param options of Hadoop's client for both
 */
record S3Project(SmallProject local, String lake, String inbox, Map<String, String> options) {

  static S3Project in(Path folder, String bucket, Map<String, String> options) throws IOException {
    SmallProject local = SmallProject.in(folder);
    S3Project project = new S3Project(local, bucket, bucket + "-inbox", options);
    Files.writeString(
        folder.resolve("assay.yaml"),
        Files.readString(folder.resolve("assay.yaml")).replace("root: landing", project.store()));
    // Whoever finds a setting of a bucket takes it for all of this process.
    project
        .settings()
        .forEach(
            (name, value) -> {
              System.setProperty("spark.hadoop." + name, value);
              configuration().set(name, value);
            });
    return project;
  }

  private String store() {
    StringBuilder text = new StringBuilder("root: s3a://" + inbox + "/landing\n      options:\n");
    options.keySet().stream()
        .sorted()
        .forEach(key -> text.append("        %s: \"${env:%s}\"\n".formatted(key, variable(key))));
    return text.toString();
  }

  private static String variable(String key) {
    return key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** What processes need to find the project. */
  List<String> javaOptions() {
    List<String> all = new ArrayList<>();
    settings().forEach((name, value) -> all.add("-Dspark.hadoop." + name + "=" + value));
    return all;
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    options.forEach((key, value) -> environment.put(variable(key), value));
    return environment;
  }

  /** Of the bucket with the project alone, so that tests do not disturb one another. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    options.forEach(
        (key, value) -> settings.put(key.replace("fs.s3a.", "fs.s3a.bucket." + lake + "."), value));
    return settings;
  }

  String location() {
    return "s3a://" + lake + "/small";
  }

  Project load() {
    return load(List.of(), environment());
  }

  /** With settings changed as by {@code --set}, and these variables instead of its own. */
  Project load(List<String> sets, Map<String, String> environment) {
    return ProjectLoader.load(ProjectLocation.of(location()), "", sets, environment);
  }

  /** Sends the project, once, and what is new in the landing. */
  void send() throws IOException {
    FileSystem files = lakeFiles();
    List<String> parts =
        files.exists(new org.apache.hadoop.fs.Path(location()))
            ? List.of()
            : List.of("assay.yaml", "datasets", "marts");
    for (String part : parts) {
      files.copyFromLocalFile(
          false,
          true,
          new org.apache.hadoop.fs.Path(local.folder().resolve(part).toUri()),
          new org.apache.hadoop.fs.Path(location() + "/" + part));
    }
    Configuration own = new Configuration(configuration());
    options.forEach(own::set);
    try (FileSystem landing = FileSystem.newInstance(URI.create("s3a://" + inbox), own);
        var names = Files.list(local.folder().resolve("landing"))) {
      for (Path name : names.toList()) {
        org.apache.hadoop.fs.Path target =
            new org.apache.hadoop.fs.Path("s3a://" + inbox + "/landing/" + name.getFileName());
        if (!landing.exists(target)) {
          landing.copyFromLocalFile(
              false, true, new org.apache.hadoop.fs.Path(name.toUri()), target);
        }
      }
    }
  }

  /** Every commit of every table outside ops. */
  List<String> commits() throws IOException {
    List<String> commits = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all =
        lakeFiles().listFiles(new org.apache.hadoop.fs.Path(location() + "/warehouse"), true);
    while (all.hasNext()) {
      String path = all.next().getPath().toString();
      if (path.matches(".*/_delta_log/\\d+\\.json") && !path.contains("/ops/")) {
        commits.add(path);
      }
    }
    commits.sort(null);
    return commits;
  }

  /** What a person does who knows that whoever held a table is gone. */
  void removeLeases(String table) throws IOException {
    String leases = location() + "/warehouse/_assay/ledger/" + table + "/leases";
    assertThat(lakeFiles().delete(new org.apache.hadoop.fs.Path(leases), true)).isTrue();
  }

  private FileSystem lakeFiles() throws IOException {
    return new org.apache.hadoop.fs.Path(location()).getFileSystem(configuration());
  }

  private static Configuration configuration() {
    return TestSpark.session().sparkContext().hadoopConfiguration();
  }
}
