package io.assay.app.live;

import io.assay.app.demo.DemoFolder;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the shop in which everything is continuous, and sooner, since a day of it takes a
 * minute; with an environment of its own.
 */
final class LiveProject {
  static final String ENVIRONMENT = "live";

  /** How often each is looked at; what is not named, every {@link #OTHERS}. */
  private static final Map<String, String> EVERY =
      Map.ofEntries(
          Map.entry("datasets/orders", "2s"),
          Map.entry("datasets/order_items", "2s"),
          Map.entry("datasets/products", "3s"),
          Map.entry("datasets/payments", "2s"),
          Map.entry("datasets/clickstream", "2s"),
          Map.entry("datasets/sensors", "5s"),
          Map.entry("datasets/customers", "10s"),
          Map.entry("datasets/inventory", "10s"),
          Map.entry("marts/fct_orders", "3s"),
          Map.entry("marts/daily_sales", "3s"),
          Map.entry("marts/top_products", "3s"),
          Map.entry("marts/payment_reconciliation", "3s"));

  /** The picture shows nothing of them. */
  private static final String OTHERS = "30s";

  /** What the shop says itself about when to look. */
  private static final List<String> TRIGGERS = List.of("continuous:", "schedule:");

  private static final List<String> PARTS = List.of("datasets", "marts", "functions", "tests");

  private final Path root;

  private LiveProject(Path root) {
    this.root = root;
  }

  /** Makes the copy, with what the servers' addresses are now. */
  static LiveProject copy(Path shop, DemoFolder folder, Servers servers) {
    LiveProject copy = new LiveProject(folder.root().resolve("project"));
    try {
      Files.createDirectories(copy.root.resolve("env"));
      Files.copy(shop.resolve("assay.yaml"), copy.root.resolve("assay.yaml"));
      for (String part : PARTS) {
        copy.take(shop, part);
      }
      copy.makeContinuous("datasets");
      copy.makeContinuous("marts");
      Files.writeString(
          copy.root.resolve("env/" + ENVIRONMENT + ".yaml"), environment(folder, servers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  private void take(Path shop, String part) throws IOException {
    try (Stream<Path> files = Files.walk(shop.resolve(part))) {
      for (Path file : files.toList()) {
        Files.copy(file, root.resolve(shop.relativize(file).toString()));
      }
    }
  }

  private void makeContinuous(String part) throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve(part))) {
      for (Path folder : folders.toList()) {
        Path pipeline = folder.resolve("pipeline.yaml");
        List<String> lines = new ArrayList<>();
        if (Files.exists(pipeline)) {
          Files.readAllLines(pipeline).stream()
              .filter(line -> TRIGGERS.stream().noneMatch(line::startsWith))
              .forEach(lines::add);
        }
        String every = EVERY.getOrDefault(part + "/" + folder.getFileName(), OTHERS);
        lines.add("continuous: {every: " + every + "}");
        Files.write(pipeline, lines);
      }
    }
  }

  private static String environment(DemoFolder folder, Servers servers) {
    return """
        # Where the live demo's servers were, and where its files and tables are.
        warehouse: %s
        connections:
          landing: {store: {root: %s}}
          events: {kafka: {brokers: "%s"}}
          sensors: {http: {url: "%s"}}
        """
        .formatted(
            quoted(folder.warehouse()),
            quoted(folder.landing()),
            servers.brokers(),
            servers.sensors().url());
  }

  /** A path as a YAML text, whatever characters it has. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  Path root() {
    return root;
  }

  /** Reads it; no variable sends its tables elsewhere. */
  Project load(DemoFolder folder, Map<String, String> environment) {
    return ProjectLoader.load(
        new ProjectLocation(new org.apache.hadoop.fs.Path(root.toUri())),
        ENVIRONMENT,
        List.of("warehouse=" + quoted(folder.warehouse())),
        environment);
  }
}
