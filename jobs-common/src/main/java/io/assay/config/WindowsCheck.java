package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.document.Element.Mapping;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import io.assay.table.LateColumns;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;

/** Whether marts of windows are made of a table that is only appended to, by a time that it has. */
record WindowsCheck(
    Problems problems,
    Map<String, Dataset> datasets,
    Map<String, Mart> marts,
    Set<TableName> imported) {
  private static final String WINDOWS = "windows";

  /** Of a mart with windows, whose {@code pipeline.yaml} this is. */
  void check(Mart mart, Mapping document) {
    Windows windows = mart.pipeline().windows().orElseThrow();
    if (mart.pipeline().incremental() == Mart.Incremental.STRICT) {
      add(document, "incremental", "closed windows never change, so there is nothing to maintain");
    }
    if (mart.pipeline().clusterBy() != null && !mart.pipeline().clusterBy().isEmpty()) {
      add(document, "cluster_by", "windows are added in the order in which they are closed");
    }
    TableName late = TableName.late(mart.name());
    if (marts.containsKey(late.name())) {
      add(
          document,
          WINDOWS,
          "late events are kept in " + late + ", which is another mart: rename one of the two");
    }
    if (windows.of() != null) {
      of(mart, windows, document);
    }
  }

  private void of(Mart mart, Windows windows, Mapping document) {
    TableName of = windows.of();
    if (!mart.inputs().contains(of)) {
      List<String> names = mart.inputs().stream().map(TableName::toString).toList();
      at(document, "of", "the query does not read " + of + Nearest.hint(of.toString(), names));
    } else if (!imported.contains(of)) {
      changing(of).ifPresent(message -> at(document, "of", message));
      contract(of).ifPresent(contract -> columns(of, contract, windows, document));
    }
  }

  /** Why rows of a table change; empty if they are only added. */
  private Optional<String> changing(TableName of) {
    if (of.layer() == Layer.GOLD) {
      Mart mart = marts.get(of.name());
      boolean appended =
          mart == null || mart.pipeline() == null || mart.pipeline().windows().isPresent();
      return appended
          ? Optional.empty()
          : Optional.of("the rows of " + of + " change: name a table that is only appended to");
    }
    Dataset dataset = datasets.get(of.name());
    if (dataset == null) {
      return Optional.of("the rows of " + of + " change: name silver of a dataset");
    }
    boolean unknown = dataset.pipeline() == null || dataset.pipeline().history() == null;
    return unknown || dataset.pipeline().history().keep() == History.Keep.NONE
        ? Optional.empty()
        : Optional.of(
            "the rows of "
                + of
                + " change, as its dataset keeps a history: name one with keep: none");
  }

  private Optional<Contract> contract(TableName of) {
    return of.layer() == Layer.GOLD
        ? Optional.ofNullable(marts.get(of.name())).map(Mart::contract)
        : Optional.ofNullable(datasets.get(of.name())).map(Dataset::contract);
  }

  private void columns(TableName of, Contract contract, Windows windows, Mapping document) {
    List<String> names = contract.columns().stream().map(ContractColumn::name).toList();
    if (names.contains(LateColumns.MISSED_WATERMARK)) {
      at(
          document,
          "of",
          "%s has a column %s, which late events get: rename it"
              .formatted(of, LateColumns.MISSED_WATERMARK));
    }
    if (windows.time() == null) {
      return;
    }
    Optional<ContractColumn> time =
        contract.columns().stream().filter(c -> c.name().equals(windows.time())).findFirst();
    if (time.isEmpty()) {
      at(
          document,
          "time",
          "%s has no column '%s'%s"
              .formatted(of, windows.time(), Nearest.hint(windows.time(), names)));
    } else if (time.get().type() != null && !time.get().type().equals(DataTypes.TimestampType)) {
      at(
          document,
          "time",
          "%s of %s is no timestamp, but %s"
              .formatted(windows.time(), of, time.get().type().simpleString()));
    }
  }

  private void at(Mapping document, String field, String message) {
    problems.add(document.at(WINDOWS, field), WINDOWS + "." + field, message);
  }

  private void add(Mapping document, String field, String message) {
    problems.add(document.at(field), field, "does not go with windows: " + message);
  }
}
