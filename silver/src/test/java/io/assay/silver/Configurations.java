package io.assay.silver;

import io.assay.config.DatasetPipeline.Drift;
import io.assay.config.DatasetPipeline.Repeats;
import io.assay.config.DatasetPipeline.Repeats.Within;
import io.assay.config.Debezium;
import io.assay.config.Format;
import io.assay.config.Gate;
import io.assay.config.History;
import io.assay.config.Payload;
import io.assay.config.Snapshot;
import io.assay.contract.BatchRule;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.contract.OnFailure;
import io.assay.contract.RowRule;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** Builds the configuration of a dataset for a test, from defaults. */
final class Configurations {
  private final String dataset;
  private final List<ContractColumn> columns = new ArrayList<>();
  private final List<RowRule> rowRules = new ArrayList<>();
  private final List<BatchRule> batchRules = new ArrayList<>();
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private TableName bronze;
  private Payload payload = Payload.COLUMNS;
  private Format format = Format.PLAIN;
  private Debezium debezium = Debezium.DEFAULT;
  private Snapshot snapshot = Snapshot.DEFAULT;
  private boolean shared;
  private Optional<String> explode = Optional.empty();
  private Optional<String> where = Optional.empty();
  private History history = History.NONE;
  private Drift drift = Drift.RESCUE;
  private Optional<Repeats> repeats = Optional.empty();
  private double gate = 100;
  private Optional<String> description = Optional.empty();

  private Configurations(String dataset) {
    this.dataset = dataset;
    this.bronze = TableName.bronze(dataset);
  }

  static Configurations of(String dataset) {
    return new Configurations(dataset);
  }

  /**
   * @param text {@code name type}, then any of {@code required}, {@code key}, {@code personal},
   *     {@code from=COLUMN}, {@code format=PATTERN}
   */
  Configurations column(String text) {
    List<String> words = List.of(text.split(" "));
    columns.add(
        new ContractColumn(
            words.get(0),
            option(words, "from="),
            DataType.fromDDL(words.get(1)),
            words.contains("required"),
            words.contains("key") ? Optional.of(columns.size() + 1) : Optional.empty(),
            option(words, "format="),
            words.contains("personal"),
            Optional.of("The " + words.get(0) + ".")));
    return this;
  }

  private static Optional<String> option(List<String> words, String prefix) {
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst();
  }

  Configurations rule(String name, String column, String predicate, OnFailure onFailure) {
    rowRules.add(
        new RowRule(name, Optional.ofNullable(column), predicate, Optional.empty(), onFailure, ""));
    return this;
  }

  Configurations batchRule(BatchRule rule) {
    batchRules.add(rule);
    return this;
  }

  /** Columns and rules as a contract has them. */
  Configurations contract(Contract written) {
    columns.addAll(written.columns());
    rowRules.addAll(written.rowRules());
    batchRules.addAll(written.batchRules());
    return this;
  }

  Configurations expression(String column, String sql) {
    expressions.put(column, sql);
    return this;
  }

  Configurations explode(String path) {
    explode = Optional.of(path);
    return this;
  }

  Configurations where(String sql) {
    where = Optional.of(sql);
    return this;
  }

  Configurations history(History kept) {
    history = kept;
    return this;
  }

  Configurations json() {
    payload = Payload.JSON;
    return this;
  }

  Configurations debezium(Debezium settings) {
    format = Format.DEBEZIUM;
    debezium = settings;
    return json();
  }

  Configurations snapshot(Snapshot settings) {
    format = Format.SNAPSHOT;
    snapshot = settings;
    return this;
  }

  Configurations evolve() {
    drift = Drift.EVOLVE;
    return this;
  }

  Configurations failOnDrift() {
    drift = Drift.FAIL;
    return this;
  }

  Configurations repeats(String flag) {
    repeats = Optional.of(new Repeats(Within.FILE, flag));
    return this;
  }

  Configurations gate(double percent) {
    gate = percent;
    return this;
  }

  Configurations sharing(TableName landing) {
    bronze = landing;
    shared = true;
    return this;
  }

  /** Describes the table, and in these words every column that was added. */
  Configurations description(String text) {
    description = Optional.of(text);
    columns.replaceAll(
        column ->
            new ContractColumn(
                column.name(),
                column.physicalName(),
                column.type(),
                column.required(),
                column.keyPosition(),
                column.format(),
                column.personal(),
                description));
    return this;
  }

  CleanConfiguration build() {
    Contract contract =
        new Contract(
            dataset,
            "1.0.0",
            dataset,
            Optional.empty(),
            description,
            Optional.empty(),
            List.copyOf(columns),
            List.copyOf(rowRules),
            List.copyOf(batchRules));
    return new CleanConfiguration(
        dataset,
        bronze,
        payload,
        format,
        debezium,
        snapshot,
        shared,
        ZoneId.of("Europe/London"),
        explode,
        Map.copyOf(expressions),
        where,
        history,
        drift,
        repeats,
        new Gate(gate),
        contract,
        Map.of("doubled", new SqlFunction("doubled", List.of("x"), "x * 2")));
  }
}
