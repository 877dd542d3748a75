package io.assay.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A project written for a test: small, whole and right, until a test writes something else. */
final class ProjectFolder {
  private final Path folder;

  ProjectFolder(Path folder) {
    this.folder = folder;
  }

  /** One dataset with history, one that shares its landing, and a mart over them. */
  static ProjectFolder sound(Path folder) {
    ProjectFolder project = new ProjectFolder(folder);
    project.write(
        "assay.yaml",
        """
        project: shop
        warehouse: tables
        connections:
          landing:
            store:
              root: /data/landing
        """);
    project.write(
        "datasets/sales/orders/pipeline.yaml",
        """
        source:
          files:
            connection: landing
            path: "*/orders.csv"
            format: csv
        columns:
          status: lower(status)
        where: status <> 'TEST'
        history:
          keep: scd2
          sequence: [updated_at]
        """);
    project.write("datasets/sales/orders/contract.odcs.yaml", contract("orders"));
    project.write("datasets/order_log/pipeline.yaml", "source: {table: bronze.orders}\n");
    project.write("datasets/order_log/contract.odcs.yaml", contract("order_log"));
    project.write(
        "marts/order_counts/mart.sql",
        "SELECT status, count(*) AS id FROM silver.orders GROUP BY status\n");
    project.write("marts/order_counts/contract.odcs.yaml", contract("order_counts"));
    return project;
  }

  static String contract(String name) {
    return """
        apiVersion: v3.1.0
        kind: DataContract
        id: %s
        version: 1.0.0
        status: active
        schema:
          - name: %s
            properties:
              - name: id
                logicalType: integer
                primaryKey: true
              - name: status
                logicalType: string
              - name: updated_at
                logicalType: timestamp
        """
        .formatted(name, name);
  }

  ProjectFolder write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProjectFolder replace(String file, String old, String text) {
    try {
      String content = Files.readString(folder.resolve(file));
      if (!content.contains(old)) {
        throw new IllegalArgumentException(file + " does not hold " + old);
      }
      return write(file, content.replace(old, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Project load() {
    return load("", List.of(), Map.of());
  }

  Project load(String env, List<String> sets, Map<String, String> environment) {
    return ProjectLoader.load(location(), env, sets, environment);
  }

  ProjectLocation location() {
    return ProjectLocation.of(folder.toString());
  }

  /** The problems, a line each; empty if there are none. */
  List<String> problems(String env, List<String> sets, Map<String, String> environment) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> load(env, sets, environment));
    return thrown == null ? List.of() : thrown.problems().stream().map(Object::toString).toList();
  }

  List<String> problems() {
    return problems("", List.of(), Map.of());
  }
}
