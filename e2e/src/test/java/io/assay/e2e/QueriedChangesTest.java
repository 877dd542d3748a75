package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.Outcome;
import io.assay.table.TableName;
import io.assay.testing.PostgresServer;
import io.assay.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that a trigger notes, and those that a timestamp tells, as the documentation says. */
class QueriedChangesTest {
  private static final DocumentedFiles PAGE = new DocumentedFiles("how-to/cdc.md");
  private static final String DATABASE = "members";

  @TempDir Path folder;

  @Test
  void aTriggerTellsEveryChangeAndATimestampWhatIsThereAtEachLook() throws Exception {
    PostgresServer server = PostgresServer.shared();
    server.create(DATABASE);
    server.execute(
        DATABASE,
        "CREATE TABLE public.members (member_id int PRIMARY KEY, name text, balance numeric(10,2),"
            + " updated_at timestamptz NOT NULL)",
        "INSERT INTO public.members VALUES (1, 'Ada', 1, now()), (2, 'Bob', 2, now())",
        PAGE.text("shadow.postgresql.sql"));
    ProjectRun run = project(server);
    run(run);

    try (Connection late = server.connect(DATABASE);
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute(
          "UPDATE public.members SET balance = 9, updated_at = clock_timestamp() WHERE member_id = 2");
      server.execute(
          DATABASE,
          "UPDATE public.members SET balance = 5, updated_at = clock_timestamp() WHERE member_id = 1",
          "UPDATE public.members SET member_id = 3, updated_at = clock_timestamp() WHERE member_id = 1",
          "INSERT INTO public.members VALUES (4, 'Dan', 0, clock_timestamp())",
          "UPDATE public.members SET balance = 1, updated_at = clock_timestamp() WHERE member_id = 4",
          "DELETE FROM public.members WHERE member_id = 4");
      run(run);
      // It wrote first, and is seen last.
      late.commit();
    }
    run(run);

    assertThat(versions(run, "members_changes"))
        .containsExactly(
            "1 Ada 1.00 false",
            "1 Ada 5.00 false",
            "2 Bob 2.00 false",
            "2 Bob 9.00 true",
            "3 Ada 5.00 true",
            "4 Dan 0.00 false",
            "4 Dan 1.00 false");
    assertThat(versions(run, "members"))
        .as("neither deletes nor what was between two looks")
        .containsExactly(
            "1 Ada 1.00 true", "2 Bob 2.00 false", "2 Bob 9.00 true", "3 Ada 5.00 true");

    server.execute(DATABASE, "TRUNCATE public.members");
    run(run);
    assertThat(versions(run, "members_changes")).noneMatch(version -> version.endsWith("true"));
    assertThat(run.discrepancies()).isEmpty();
  }

  private ProjectRun project(PostgresServer server) throws IOException {
    Path project = folder.resolve("project");
    Files.createDirectories(project);
    Files.writeString(
        project.resolve("assay.yaml"),
        "project: members\nconnections: {shop: {jdbc: {url: \"%s\", user: %s, password: %s}}}\n"
            .formatted(server.url(DATABASE), PostgresServer.USER, "\"${env:PASSWORD}\""));
    dataset(
        project,
        "members_changes",
        "shadow.pipeline.yaml",
        "- {name: seq, logicalType: integer, physicalType: bigint, required: true}",
        "- {name: changed_at, logicalType: timestamp, required: true}");
    dataset(
        project,
        "members",
        "timestamp.pipeline.yaml",
        "- {name: updated_at, logicalType: timestamp, required: true}");
    return new ProjectRun(
        TestSpark.session(),
        ProjectRun.project(
            project, folder.resolve("warehouse"), Map.of("PASSWORD", PostgresServer.PASSWORD)));
  }

  private static void dataset(Path project, String name, String pipeline, String... columns)
      throws IOException {
    Path dataset = Files.createDirectories(project.resolve("datasets").resolve(name));
    Files.writeString(dataset.resolve("pipeline.yaml"), PAGE.text(pipeline));
    Files.writeString(
        dataset.resolve("contract.odcs.yaml"),
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: members.%1$s
        name: %1$s
        version: 1.0.0
        status: active
        schema:
          - name: %1$s
            logicalType: object
            properties:
              - {name: member_id, logicalType: integer, physicalType: int, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: name, logicalType: string}
              - {name: balance, logicalType: number, physicalType: "decimal(10,2)"}
              %2$s
        """
            .formatted(name, String.join("\n      ", columns)));
  }

  private static void run(ProjectRun run) {
    assertThat(run.run())
        .allSatisfy(
            report ->
                assertThat(report.result().outcome())
                    .as(report.text())
                    .isIn(Outcome.SUCCEEDED, Outcome.UNCHANGED));
  }

  private static List<String> versions(ProjectRun run, String dataset) {
    return run
        .read(TableName.history(dataset))
        .selectExpr("concat_ws(' ', member_id, name, balance, is_current)")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }
}
