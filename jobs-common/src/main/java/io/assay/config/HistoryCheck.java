package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.table.HistoryColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** What a dataset's history must be beyond its shape. A null was reported before. */
final class HistoryCheck {
  private final DatasetCheck dataset;
  private final History history;
  private final Contract contract;

  /**
   * @param contract null if it could not be read
   */
  HistoryCheck(DatasetCheck dataset, History history, Contract contract) {
    this.dataset = dataset;
    this.history = history;
    this.contract = contract;
  }

  void check() {
    if (history.keep() == History.Keep.NONE) {
      without();
    } else if (history.keep() != null) {
      with();
    }
  }

  private void without() {
    if (history.sequence() != null && !history.sequence().isEmpty()) {
      dataset.problem("has no meaning for keep: none", "history", "sequence");
    }
    if (DatasetCheck.present(history.validTime()).isPresent()) {
      dataset.problem("has no meaning for keep: none", "history", "valid_time");
    }
    if (DatasetCheck.present(history.deleteWhen()).isPresent()) {
      dataset.problem("has no meaning for keep: none", "history", "delete_when");
    }
    if (DatasetCheck.present(history.truncateWhen()).isPresent()) {
      dataset.problem("has no meaning for keep: none", "history", "truncate_when");
    }
    if (history.ties() != null && history.ties() != History.Ties.LATEST) {
      dataset.problem("has no meaning for keep: none", "history", "ties");
    }
    if (history.ignoreNullUpdates() != null && !history.ignoreNullUpdates().isEmpty()) {
      dataset.problem("has no meaning for keep: none", "history", "ignore_null_updates");
    }
    if (DatasetCheck.present(history.acceptLate()).isPresent()) {
      dataset.problem("has no meaning for keep: none", "history", "accept_late");
    }
    if (history.track() != null && !history.track().equals(History.Track.ALL)) {
      dataset.problem("has no meaning for keep: none", "history", "track");
    }
  }

  private void with() {
    String keep = history.keep().name().toLowerCase(java.util.Locale.ROOT);
    if (contract != null && contract.key().isEmpty()) {
      dataset.problem(
          keep + " needs a key: mark the contract's key columns with primaryKey: true",
          "history",
          "keep");
    }
    if (history.sequence() != null && history.sequence().isEmpty()) {
      dataset.problem(
          keep + " needs a sequence: the contract columns that order the events of a key",
          "history",
          "keep");
    }
    for (int i = 0; history.sequence() != null && i < history.sequence().size(); i++) {
      dataset.places(history.sequence().get(i), "history", "sequence", i);
    }
    DatasetCheck.present(history.deleteWhen())
        .ifPresent(condition -> dataset.expression(condition, "history", "delete_when"));
    DatasetCheck.present(history.truncateWhen())
        .ifPresent(condition -> dataset.expression(condition, "history", "truncate_when"));
    validTime();
    acceptLate();
    ignoreNullUpdates();
    track();
    reserved();
  }

  private void columns(List<String> names, String... path) {
    for (int i = 0; names != null && i < names.size(); i++) {
      Object[] place = java.util.Arrays.copyOf(path, path.length + 1, Object[].class);
      place[path.length] = i;
      dataset.knows(names.get(i), place);
    }
  }

  private void validTime() {
    DatasetCheck.present(history.validTime())
        .filter(column -> dataset.places(column, "history", "valid_time"))
        .flatMap(dataset::type)
        .filter(type -> !temporal(type))
        .ifPresent(
            type ->
                dataset.problem(
                    "must be a timestamp or a date, not " + type.simpleString(),
                    "history",
                    "valid_time"));
    if (history.validTime() != null
        && history.validTime().isEmpty()
        && history.keep() == History.Keep.SCD2
        && contract != null
        && history.sequence() != null
        && !history.sequence().isEmpty()) {
      dataset
          .type(history.sequence().get(0))
          .filter(type -> !temporal(type) && !(type instanceof NumericType))
          .ifPresent(
              type ->
                  dataset.problem(
                      "the first column is "
                          + type.simpleString()
                          + ", which is neither a time nor a number: name the column of the"
                          + " versions' validity in valid_time",
                      "history",
                      "sequence"));
    }
  }

  private void acceptLate() {
    if (DatasetCheck.present(history.acceptLate()).isEmpty()
        || history.validTime() == null
        || history.validTime().isPresent()
        || history.sequence() == null
        || history.sequence().isEmpty()) {
      return;
    }
    dataset
        .type(history.sequence().get(0))
        .filter(type -> !temporal(type))
        .ifPresent(
            type ->
                dataset.problem(
                    "needs a time, and the first column of the sequence is "
                        + type.simpleString()
                        + ": name a timestamp or a date in valid_time",
                    "history",
                    "accept_late"));
  }

  private void ignoreNullUpdates() {
    List<String> names = history.ignoreNullUpdates();
    columns(names, "history", "ignore_null_updates");
    for (int i = 0; names != null && contract != null && i < names.size(); i++) {
      String name = names.get(i);
      boolean isKey = contract.key().stream().anyMatch(column -> column.name().equals(name));
      boolean orders =
          (history.sequence() != null && history.sequence().contains(name))
              || DatasetCheck.present(history.validTime()).equals(Optional.of(name));
      if (isKey || orders) {
        dataset.problem(
            "'" + name + "' is part of the key or order, which is never null",
            "history",
            "ignore_null_updates",
            i);
      }
    }
  }

  private static boolean temporal(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private void track() {
    if (history.track() == null) {
      return;
    }
    List<String> only = history.track().only();
    List<String> except = history.track().except();
    if (only != null && except != null && !only.isEmpty() && !except.isEmpty()) {
      dataset.problem("takes either only or except", "history", "track");
    }
    columns(only, "history", "track", "only");
    columns(except, "history", "track", "except");
  }

  private void reserved() {
    if (contract == null || history.keep() != History.Keep.SCD2) {
      return;
    }
    for (ContractColumn column : contract.columns()) {
      if (HistoryColumns.PUBLIC.contains(column.name())) {
        dataset.problem(
            "the contract's column '"
                + column.name()
                + "' has the name of a column that scd2 adds: rename it",
            "history",
            "keep");
      }
    }
  }
}
