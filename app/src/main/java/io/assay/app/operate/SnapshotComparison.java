package io.assay.app.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.assay.config.Dataset;
import io.assay.config.History;
import io.assay.config.Project;
import io.assay.contract.ContractColumn;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.silver.comparison.Difference;
import io.assay.silver.comparison.Reconciliation;
import io.assay.silver.comparison.Reconciliation.Sample;
import io.assay.silver.comparison.SnapshotRows;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A table against a snapshot of its source, for people and for programs. */
public final class SnapshotComparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableName table;
  private final String snapshot;
  private final Reconciliation.Result result;
  private final PersonalData personal;

  private SnapshotComparison(
      TableName table, String snapshot, Reconciliation.Result result, PersonalData personal) {
    this.table = table;
    this.snapshot = snapshot;
    this.result = result;
    this.personal = personal;
  }

  /**
   * Compares.
   *
   * @param session shares its Spark; its settings are left alone
   * @param snapshot a table's name, or the path of files
   * @param samples how many unequal keys to tell
   * @throws AssayException with exit code 2 if the table has no key, or the snapshot is no such
   *     thing
   */
  public static SnapshotComparison of(
      SparkSession session, Project project, Dataset dataset, String snapshot, int samples) {
    TableName table = TableName.silver(dataset.name());
    if (dataset.pipeline().history().keep() == History.Keep.NONE) {
      throw new AssayException(
          ExitCode.USAGE,
          "%s keeps no history (history.keep: none), so its rows have no key to be compared by"
              .formatted(table));
    }
    SparkSession spark = session.newSession();
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    SnapshotRows rows = new Snapshots(spark, project, dataset).rows(snapshot);
    requireKey(dataset, snapshot, rows);
    Reconciliation.Result result =
        new Reconciliation(CleanConfiguration.of(project, dataset))
            .compare(new TableCatalog(spark, project.warehouse()).read(table), rows, samples);
    return new SnapshotComparison(table, snapshot, result, new PersonalData(dataset));
  }

  private static void requireKey(Dataset dataset, String snapshot, SnapshotRows rows) {
    List<String> missing =
        dataset.contract().key().stream()
            .map(ContractColumn::name)
            .filter(name -> !rows.columns().contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new AssayException(
          ExitCode.USAGE,
          "the snapshot %s has nothing for %s, which is part of the key that its rows are compared by: add it to the snapshot"
              .formatted(snapshot, String.join(", ", missing)));
    }
  }

  /** Whether the table has just the snapshot's rows. */
  public boolean holds() {
    return result.holds();
  }

  /** A line each for rows, missing, surplus, different and what was left out; then keys. */
  public void write(Appendable out) throws IOException {
    Difference difference = result.difference();
    out.append("%s against %s%n".formatted(table, snapshot));
    line(
        out,
        "rows",
        "%,d in the table, %,d in the snapshot",
        difference.before(),
        difference.after());
    line(out, "missing", "%,d", difference.rows().added());
    line(out, "surplus", "%,d", difference.rows().removed());
    String columns =
        difference.columns().entrySet().stream()
            .map(column -> String.format(Locale.ROOT, "%s %,d", column.getKey(), column.getValue()))
            .collect(Collectors.joining(", "));
    line(
        out,
        "different",
        "%,d%s",
        difference.rows().changed(),
        columns.isEmpty() ? "" : " (" + columns + ")");
    if (result.unreadable() > 0) {
      line(
          out,
          "unreadable",
          "%,d rows of the snapshot; their keys are left out",
          result.unreadable());
    }
    if (!result.notCompared().isEmpty()) {
      line(
          out,
          "left out",
          "%s: the snapshot has no such columns",
          String.join(", ", result.notCompared()));
    }
    writeSamples(out);
  }

  private void writeSamples(Appendable out) throws IOException {
    List<String[]> lines = new ArrayList<>();
    for (Sample sample : result.samples()) {
      lines.add(new String[] {sample.kind(), key(sample), String.join(", ", sample.columns())});
    }
    if (!lines.isEmpty()) {
      out.append("\n");
      TextTable.write(List.of("is", "key", "in"), lines, new boolean[3], out);
    }
  }

  private static void line(Appendable out, String name, String pattern, Object... values)
      throws IOException {
    out.append(
        String.format(
            Locale.ROOT, "  %-11s%s%n", name, String.format(Locale.ROOT, pattern, values)));
  }

  private String key(Sample sample) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String column : sample.key().schema().fieldNames()) {
      parts.add(column + "=" + FlatText.of(personal.value(column, sample.key().getAs(column))));
    }
    return String.join(", ", parts);
  }

  /** The stable JSON shape; see the reference of commands. */
  public String json() throws IOException {
    Difference difference = result.difference();
    ObjectNode node =
        JSON.createObjectNode()
            .put("table", table.toString())
            .put("snapshot", snapshot)
            .put("equal", holds())
            .put("table_rows", difference.before())
            .put("snapshot_rows", difference.after())
            .put("missing", difference.rows().added())
            .put("surplus", difference.rows().removed())
            .put("different", difference.rows().changed())
            .put("unreadable", result.unreadable());
    ObjectNode columns = node.putObject("columns");
    difference.columns().forEach(columns::put);
    result.notCompared().forEach(node.putArray("not_compared")::add);
    ArrayNode samples = node.putArray("samples");
    for (Sample sample : result.samples()) {
      ObjectNode one = samples.addObject().put("is", sample.kind());
      ObjectNode key = one.putObject("key");
      for (String column : sample.key().schema().fieldNames()) {
        key.putRawValue(
            column,
            new RawValue(JsonRows.text(personal.value(column, sample.key().getAs(column)))));
      }
      sample.columns().forEach(one.putArray("columns")::add);
    }
    return node.toPrettyString();
  }
}
