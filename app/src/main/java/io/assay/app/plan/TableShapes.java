package io.assay.app.plan;

import io.assay.config.Dataset;
import io.assay.config.History;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.table.HistoryColumns;
import io.assay.table.LateColumns;
import io.assay.table.QuarantineColumns;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which tables a project has, and which columns each, as far as its files tell. */
public final class TableShapes {
  private final Project project;

  public TableShapes(Project project) {
    this.project = project;
  }

  /** The other projects' tables that this one reads, by their names here. */
  public Set<TableName> imported() {
    return project.warehouse().imports().keySet();
  }

  /** The names of this project's tables that a test file may use. */
  public List<String> names() {
    TreeSet<TableName> names = new TreeSet<>();
    for (Dataset dataset : project.datasets().values()) {
      if (dataset.lands()) {
        names.add(dataset.bronze());
      }
      names.add(TableName.silver(dataset.name()));
      names.add(TableName.quarantine(dataset.name()));
      if (versioned(dataset)) {
        names.add(TableName.history(dataset.name()));
      }
    }
    for (Mart mart : project.marts().values()) {
      names.add(TableName.gold(mart.name()));
      mart.pipeline().windows().ifPresent(windows -> names.add(TableName.late(mart.name())));
    }
    return names.stream().map(TableName::toString).toList();
  }

  /**
   * The typed columns of a table: silver, its history, or a mart. Of quarantine those that are
   * Assay's own; besides, any name of the source's counts there.
   */
  public StructType columns(TableName table) {
    return switch (table.layer()) {
      case SILVER -> silver(table);
      case GOLD -> gold(table);
      case QUARANTINE ->
          new StructType()
              .add(QuarantineColumns.RULES, DataTypes.createArrayType(DataTypes.StringType));
      case BRONZE, PUBLISH, OPS -> new StructType();
    };
  }

  /** The table's key; empty if it has none. */
  public List<String> key(TableName table) {
    List<String> key = new ArrayList<>();
    contract(table).ifPresent(contract -> contract.key().forEach(column -> key.add(column.name())));
    if (isHistory(table)) {
      key.add(HistoryColumns.VALID_FROM);
    }
    return key;
  }

  /** Whether a silver table is one of versions. */
  public boolean isHistory(TableName table) {
    return dataset(table).filter(dataset -> !dataset.name().equals(table.name())).isPresent();
  }

  /** The dataset that a silver table, or its history, belongs to. */
  public Optional<Dataset> dataset(TableName table) {
    return project.datasets().values().stream()
        .filter(
            dataset ->
                TableName.silver(dataset.name()).equals(table)
                    || (versioned(dataset) && TableName.history(dataset.name()).equals(table)))
        .findFirst();
  }

  /** Whether a dataset's versions are a table of their own. */
  public static boolean versioned(Dataset dataset) {
    return dataset.pipeline().history().keep() == History.Keep.SCD2;
  }

  private Optional<Contract> contract(TableName table) {
    return switch (table.layer()) {
      case SILVER -> dataset(table).map(Dataset::contract);
      case GOLD -> Optional.ofNullable(project.marts().get(table.name())).map(Mart::contract);
      case BRONZE, QUARANTINE, PUBLISH, OPS -> Optional.empty();
    };
  }

  /** Late events have the columns of the events that they are, and one of their own. */
  private StructType gold(TableName table) {
    Mart mart = project.marts().get(table.name());
    if (mart != null) {
      return columns(mart.contract());
    }
    TableName of =
        project.marts().get(table.onTime().name()).pipeline().windows().orElseThrow().of();
    return columns(of).add(LateColumns.MISSED_WATERMARK, DataTypes.TimestampType);
  }

  private StructType silver(TableName table) {
    Dataset dataset = dataset(table).orElseThrow();
    StructType columns = columns(dataset.contract());
    if (!versioned(dataset)) {
      return columns;
    }
    DataType time = validTime(dataset);
    return columns
        .add(HistoryColumns.VALID_FROM, time)
        .add(HistoryColumns.VALID_TO, time)
        .add(HistoryColumns.IS_CURRENT, DataTypes.BooleanType)
        .add(HistoryColumns.VERSION_ID, DataTypes.StringType);
  }

  private static DataType validTime(Dataset dataset) {
    History history = dataset.pipeline().history();
    String column = history.validTime().orElseGet(() -> history.sequence().get(0));
    return dataset.contract().columns().stream()
        .filter(candidate -> candidate.name().equals(column))
        .map(ContractColumn::type)
        .findFirst()
        .orElse(DataTypes.TimestampType);
  }

  private static StructType columns(Contract contract) {
    StructType columns = new StructType();
    for (ContractColumn column : contract.columns()) {
      columns = columns.add(column.name(), column.type());
    }
    return columns;
  }
}
