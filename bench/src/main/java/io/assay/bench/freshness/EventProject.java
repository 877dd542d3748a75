package io.assay.bench.freshness;

import io.assay.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with one continuous dataset, as people write it. */
final class EventProject {
  static final String NAME = "events";
  static final String TOPIC = "events";
  static final TableName BRONZE = TableName.bronze(NAME);
  static final TableName SILVER = TableName.silver(NAME);

  private static final String SETTINGS =
      """
      project: freshness
      warehouse: warehouse
      connections:
        broker:
          kafka: {brokers: '%s'}
      """;

  private static final String PIPELINE =
      """
      source:
        kafka: {connection: broker, topic: events}
      continuous: {every: 1s}
      """;

  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: events
      version: 1.0.0
      status: active
      schema:
        - name: events
          properties:
            - {name: event_id, logicalType: integer, physicalType: bigint, required: true}
            - {name: lane, logicalType: integer, required: true}
            - {name: account, logicalType: string, required: true%s}
            - {name: amount, logicalType: number, physicalType: 'decimal(12,2)'}
            - {name: status, logicalType: string}
            - {name: sent_at, logicalType: timestamp, required: true}
      """;

  private EventProject() {}

  /**
   * Writes it.
   *
   * @param broker its address
   * @return the folder
   */
  static Path make(Path folder, Scenario scenario, String broker) throws IOException {
    Path dataset = Files.createDirectories(folder.resolve("datasets/events"));
    Files.writeString(folder.resolve("assay.yaml"), SETTINGS.formatted(broker));
    Files.writeString(dataset.resolve("pipeline.yaml"), PIPELINE + scenario.history());
    String key = scenario == Scenario.HISTORY ? ", primaryKey: true" : "";
    Files.writeString(
        dataset.resolve("contract.odcs.yaml"), CONTRACT.formatted(key) + scenario.rules());
    return folder;
  }
}
