package io.assay.bench.quality;

import io.assay.bench.OrderColumn;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A project with one dataset, as people write it. */
final class OrderProject {
  static final String DATASET = "orders";

  /** When the orders landed, and when they are cleaned. */
  static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");

  private static final String SETTINGS =
      """
      project: bench
      connections:
        files:
          store: {root: .}
      """;

  private static final String PIPELINE =
      """
      source:
        files: {connection: files, path: "*.csv", format: csv}
      """;

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: orders
          properties:
      """;

  private OrderProject() {}

  /**
   * Writes the project and loads it.
   *
   * @param folder where it is written
   * @param warehouse absolute
   */
  static Project make(Scenario scenario, Path folder, Path warehouse) throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("datasets").resolve(DATASET));
    Files.writeString(folder.resolve("assay.yaml"), SETTINGS);
    Files.writeString(dataset.resolve("pipeline.yaml"), PIPELINE);
    Files.writeString(dataset.resolve("contract.odcs.yaml"), contract(scenario));
    return ProjectLoader.load(
        ProjectLocation.of(folder.toString()), "", List.of("warehouse=" + warehouse), Map.of());
  }

  private static String contract(Scenario scenario) {
    StringBuilder contract = new StringBuilder(CONTRACT);
    for (OrderColumn column : OrderColumn.ALL) {
      contract.append(
          "      - {name: %s, logicalType: %s, physicalType: '%s'}%n"
              .formatted(column.name(), column.logicalType(), column.type()));
    }
    if (scenario.rules()) {
      contract.append("    quality:\n");
      OrderRules.ROWS.forEach(
          (name, condition) ->
              contract.append(
                  "      - {name: %s, type: sql, query: '%s', mustBe: true}%n"
                      .formatted(name, condition.replace("'", "''"))));
      OrderRules.BATCH.forEach(rule -> contract.append(batchRule("", rule.stated())));
    }
    if (scenario.unique()) {
      contract.append(
          batchRule(
              "name: " + OrderRules.UNIQUE + ", ",
              "constraint: isUnique, column: " + OrderFeed.KEY));
    }
    return contract.toString();
  }

  private static String batchRule(String name, String stated) {
    return "      - {%stype: custom, engine: deequ, implementation: {%s}}%n"
        .formatted(name, stated);
  }
}
