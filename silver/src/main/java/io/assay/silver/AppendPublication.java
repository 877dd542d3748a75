package io.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.assay.batch.Account;
import io.assay.batch.BatchStep;
import io.assay.batch.Intent;
import io.assay.contract.ContractColumn;
import io.assay.contract.ContractSchema;
import io.assay.silver.conform.CleanConfiguration;
import io.assay.table.EventColumns;
import io.assay.table.RowColumns;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends accepted rows to {@code silver.X}, for datasets that keep no history. */
final class AppendPublication implements Publication {
  static final String STEP = "SILVER";

  private final CleanConfiguration configuration;
  private final Intent intent;
  private final TableName table;
  private final SilverAppend append;
  private final ContractSchema schema;
  private List<BatchStep> steps = List.of();

  AppendPublication(Warehouse warehouse, CleanConfiguration configuration, Intent intent) {
    this.configuration = configuration;
    this.intent = intent;
    this.table = TableName.silver(configuration.dataset());
    this.schema = new ContractSchema(configuration.contract());
    this.append = new SilverAppend(warehouse, table, schema.description(), schema.personal());
  }

  static BatchStep.Target target(CleanConfiguration configuration) {
    return new BatchStep.Target(STEP, TableName.silver(configuration.dataset()));
  }

  @Override
  public Account settle(Dataset<Row> accepted, StagedCounts counts) {
    if (counts.accepted() > 0 || !intent.pinned(table).exists()) {
      Dataset<Row> rows = schema.described(rows(accepted));
      steps = List.of(new BatchStep(STEP, table, tag -> append.commit(rows, tag)));
    }
    return counts.account();
  }

  private Dataset<Row> rows(Dataset<Row> accepted) {
    List<Column> columns = new ArrayList<>();
    for (ContractColumn column : configuration.contract().columns()) {
      columns.add(col(column.name()));
    }
    columns.add(col(RowColumns.RESCUED));
    columns.add(col(RowColumns.SOURCE));
    if (configuration.explode().isPresent()) {
      columns.add(col(EventColumns.ORDINAL));
    }
    columns.add(lit(intent.batch()).as(RowColumns.BATCH));
    return accepted.select(columns.toArray(Column[]::new));
  }

  @Override
  public List<BatchStep> steps() {
    return steps;
  }

  /** Holds nothing. */
  @Override
  public void close() {}
}
