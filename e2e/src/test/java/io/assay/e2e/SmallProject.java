package io.assay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A copy of the smallest project with one of everything, with its first files in the landing. */
record SmallProject(Path folder) {

  static SmallProject in(Path folder) throws IOException {
    Path source = Installation.root().resolve("e2e/src/test/resources/small");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return new SmallProject(folder);
  }

  /**
   * Later days: changes in order; then some that are late and cut a version that is there, with a
   * tie and a truncate; and more events. Each file of customers is a batch of its own.
   */
  void laterDays() throws IOException {
    land(
        "customers-2.csv",
        """
        customer_id,city,updated_at
        a,Ripon,2026-01-03T12:00:00Z
        c,Leeds,2026-01-03T12:00:00Z
        """);
    land(
        "customers-3.csv",
        """
        customer_id,city,updated_at
        a,Bath,2026-01-02T00:00:00Z
        a,Goole,2026-01-03T00:00:00Z
        ,CLOSED,2026-01-02T12:00:00Z
        b,Hull,2026-01-04T00:00:00Z
        """);
    land(
        "events-2.csv",
        """
        event_id,customer_id,amount
        5,a,100.00
        6,,1.00
        """);
  }

  private void land(String file, String text) throws IOException {
    Files.writeString(folder.resolve("landing").resolve(file), text);
  }

  Path warehouse() {
    return folder.resolve("warehouse");
  }

  /** Copies the warehouse as it is on the disk now, with the times of its files. */
  void keepWarehouse(Path copy) throws IOException {
    Files.createDirectories(copy);
    if (Files.exists(warehouse())) {
      FileUtils.copyDirectory(warehouse().toFile(), copy.toFile());
    }
  }

  /** Lets the warehouse be what it was when a copy was kept: at its old path, which it knows. */
  void restoreWarehouse(Path copy) throws IOException {
    FileUtils.deleteDirectory(warehouse().toFile());
    FileUtils.copyDirectory(copy.toFile(), warehouse().toFile());
  }

  /** The number of commits of every Delta table, by its path below the warehouse. */
  Map<String, Integer> commits() throws IOException {
    Map<String, Integer> commits = new TreeMap<>();
    try (Stream<Path> files = Files.walk(warehouse())) {
      files
          .filter(file -> file.getParent().endsWith("_delta_log"))
          .filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
          .map(file -> warehouse().relativize(file.getParent().getParent()).toString())
          .forEach(table -> commits.merge(table, 1, Integer::sum));
    }
    return commits;
  }
}
