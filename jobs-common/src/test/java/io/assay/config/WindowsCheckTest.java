package io.assay.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsCheckTest {
  private static final String PIPELINE = "marts/order_counts/pipeline.yaml";

  @TempDir Path folder;

  private ProjectFolder project(String pipeline) {
    return ProjectFolder.sound(folder)
        .write(
            "marts/order_counts/mart.sql",
            "SELECT window.end AS updated_at, l.status, count(*) AS id FROM silver.order_log l"
                + " LEFT JOIN silver.orders o ON o.id = l.id GROUP BY window(l.updated_at, '1 hour'), l.status\n")
        .write(PIPELINE, pipeline);
  }

  @Test
  void windowsOfRowsThatAreOnlyAddedAreTaken() {
    Mart mart =
        project("windows: {of: silver.order_log, time: updated_at, lateness: 10m}\n")
            .load()
            .marts()
            .get("order_counts");

    assertThat(mart.pipeline().windows())
        .contains(new Windows(TableName.silver("order_log"), "updated_at", Duration.ofMinutes(10)));
    assertThat(mart.followed()).containsExactly(TableName.silver("order_log"));
    assertThat(mart.inputs()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows: {of: silver.orders, time: updated_at, lateness: 10m} | :1:11: windows.of: the rows of silver.orders change, as its dataset keeps a history: name one with keep: none
          windows: {of: silver.order_lag, time: updated_at, lateness: 10m} | :1:11: windows.of: the query does not read silver.order_lag; did you mean 'silver.order_log'?
          windows: {of: silver.order_log, time: updated, lateness: 10m} | :1:33: windows.time: silver.order_log has no column 'updated'
          windows: {of: silver.order_log, time: status, lateness: 10m} | :1:33: windows.time: status of silver.order_log is no timestamp, but string
          windows: {of: silver.order_log, time: updated_at} | windows: the key 'lateness' is missing
          windows: {of: silver.order_log, time: updated_at, lateness: 0s} | windows.lateness: expected a duration
          {windows: {of: silver.order_log, time: updated_at, lateness: 10m}, incremental: strict} | incremental: does not go with windows: closed windows never change
          {windows: {of: silver.order_log, time: updated_at, lateness: 10m}, cluster_by: [id]} | cluster_by: does not go with windows: windows are added in the order
          """)
  void eachMistakeIsToldWithItsPlace(String pipeline, String problem) {
    List<String> problems = project(pipeline + "\n").problems();
    assertThat(problems).as(String.join("\n", problems)).hasSize(1);
    assertThat(problems.get(0)).startsWith(PIPELINE).contains(problem);
  }

  @Test
  void noMartHasTheNameOfItsLateEvents() {
    ProjectFolder project =
        project("windows: {of: silver.order_log, time: updated_at, lateness: 10m}\n")
            .write(
                "marts/order_counts_late/mart.sql",
                "SELECT 1 AS id, 'a' AS status, updated_at FROM silver.orders\n")
            .write(
                "marts/order_counts_late/contract.odcs.yaml",
                ProjectFolder.contract("order_counts_late"));

    assertThat(project.problems().stream().collect(Collectors.joining()))
        .contains("late events are kept in gold.order_counts_late, which is another mart");
  }
}
