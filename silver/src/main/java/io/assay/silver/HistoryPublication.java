package io.assay.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.config.History.Ties;
import io.assay.contract.OnFailure;
import io.assay.contract.OwnRules;
import io.assay.quality.Finding;
import io.assay.quality.Finding.Result;
import io.assay.quality.Violations;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.silver.history.Counts;
import io.assay.silver.history.HistoryBatch;
import io.assay.silver.history.HistoryDefinition;
import io.assay.silver.history.Refused;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Merges accepted rows, as events, into the history of a dataset. */
final class HistoryPublication implements Publication {
  /** The name under which a person accepts a batch with ties. */
  static final String TIES = OwnRules.TIES;

  private final CleanConfiguration configuration;
  private final HistoryBatch history;

  HistoryPublication(
      SparkSession spark, Warehouse warehouse, CleanConfiguration configuration, Intent intent) {
    this.configuration = configuration;
    this.history = new HistoryBatch(spark, warehouse, definition(configuration), intent);
  }

  /** The commits that a batch may do. */
  static List<BatchStep.Target> targets(CleanConfiguration configuration) {
    return HistoryBatch.targets(definition(configuration));
  }

  private static HistoryDefinition definition(CleanConfiguration configuration) {
    return HistoryDefinition.of(
        configuration.dataset(),
        configuration.history(),
        configuration.contract(),
        configuration.format());
  }

  @Override
  public Account settle(Dataset<Row> accepted, StagedCounts counts) {
    Counts settled = history.settle(accepted.withColumnRenamed(StagedBatch.RAW, RowColumns.RAW));
    return new Account(
        counts.read(),
        counts.expanded() + settled.withdrawn(),
        settled.implied(),
        settled.applied(),
        settled.unchanged(),
        settled.superseded(),
        settled.duplicate(),
        counts.quarantined() + settled.quarantined() + settled.withdrawn(),
        counts.filtered());
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (configuration.history().ties() == Ties.FAIL) {
      findings.add(
          finding(
              TIES,
              "tied_events",
              history.tied(),
              OnFailure.HOLD,
              history.tied()
                  + " events have the key and the sequence of another event and say something"
                  + " else; correct the source, or accept it, and a delete wins, then the greatest"
                  + " hash"));
    }
    for (Refused refused : history.refused()) {
      findings.add(
          finding(
              refused.rule(),
              "quarantined_rows",
              refused.count(),
              OnFailure.QUARANTINE,
              refused.count() + " events: " + message(refused)));
    }
    return findings;
  }

  private static Finding finding(
      String rule, String metric, long found, OnFailure onFailure, String message) {
    return new Finding(
        rule,
        Optional.empty(),
        metric,
        OptionalDouble.of((double) found),
        found == 0 ? Result.PASSED : Result.FAILED,
        onFailure,
        message);
  }

  /** An event of an earlier batch that loses a tie now is no fault of this batch. */
  @Override
  public Map<String, Long> refusals() {
    return history.refused().stream()
        .filter(Refused::fresh)
        .collect(Collectors.toMap(Refused::rule, Refused::count));
  }

  @Override
  public Optional<Dataset<Row>> refused() {
    return history.refused().stream().map(this::rows).reduce(Dataset::unionByName);
  }

  /** Of an event that came in an earlier batch the contract's columns stand for its raw form. */
  private Dataset<Row> rows(Refused refused) {
    Column[] values =
        configuration.contract().columns().stream()
            .map(column -> col(column.name()))
            .toArray(Column[]::new);
    Column broken =
        Violations.violation(lit(true), refused.rule(), Optional.empty(), lit(message(refused)));
    return refused
        .events()
        .select(
            Violations.all(List.of(broken)).as(StagedBatch.VIOLATIONS),
            coalesce(
                    col(RowColumns.RAW),
                    to_json(struct(values), Map.of("ignoreNullFields", "false")))
                .as(StagedBatch.RAW),
            col(RowColumns.SOURCE),
            col(RowColumns.INGESTED_AT),
            col(RowColumns.RUN_ID),
            col(EventColumns.ORDINAL));
  }

  private String message(Refused refused) {
    return switch (refused.rule()) {
      case Refused.LATE ->
          "came more than "
              + configuration.history().acceptLate().orElseThrow()
              + " behind the newest event of its key";
      default ->
          refused.fresh()
              ? "another event of its key at the same sequence wins"
              : "a later event of its key at the same sequence wins";
    };
  }

  @Override
  public List<BatchStep> steps() {
    return history.steps();
  }

  @Override
  public void close() {
    history.close();
  }
}
