package io.assay.bench.ingest;

import io.assay.bench.OrderColumn;
import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A project with one dataset, as people write it. */
final class IngestProject {
  private static final String SETTINGS =
      """
      project: bench
      warehouse: warehouse
      connections:
        origin: {%s}
      """;

  private static final String PIPELINE = "source: {%s}%n";

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

  private IngestProject() {}

  /**
   * Writes the project and loads it.
   *
   * @param folder where it is written; its warehouse is in it
   */
  static Project make(Feed feed, Path folder) throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("datasets").resolve(Orders.NAME));
    Files.writeString(folder.resolve("assay.yaml"), SETTINGS.formatted(feed.connection()));
    Files.writeString(dataset.resolve("pipeline.yaml"), PIPELINE.formatted(feed.source()));
    Files.writeString(dataset.resolve("contract.odcs.yaml"), contract());
    return ProjectLoader.load(ProjectLocation.of(folder.toString()), "", List.of(), Map.of());
  }

  private static String contract() {
    StringBuilder contract = new StringBuilder(CONTRACT);
    for (OrderColumn column : OrderColumn.ALL) {
      contract.append(
          "      - {name: %s, logicalType: %s, physicalType: '%s'}%n"
              .formatted(column.name(), column.logicalType(), column.type()));
    }
    return contract.toString();
  }
}
