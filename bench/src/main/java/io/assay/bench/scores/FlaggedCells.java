package io.assay.bench.scores;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.config.Dataset;
import io.assay.table.QuarantineColumns;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The cells of a dataset's file that tables of its project name. */
final class FlaggedCells {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableCatalog tables;
  private final String dataset;
  private final String first;
  private final Map<String, String> headers = new HashMap<>();

  /**
   * Those of one dataset.
   *
   * @param first the file's first column, which tells records apart
   */
  FlaggedCells(TableCatalog tables, Dataset dataset, String first) {
    this.tables = tables;
    this.dataset = dataset.name();
    this.first = first;
    dataset
        .contract()
        .columns()
        .forEach(column -> headers.put(column.name(), column.physicalName().orElse(column.name())));
  }

  /** The columns of the rules that each quarantined row broke. */
  Set<Cell> ofRules() throws JsonProcessingException {
    Set<Cell> cells = new HashSet<>();
    for (Row row :
        tables
            .read(TableName.quarantine(dataset))
            .select(QuarantineColumns.RAW, QuarantineColumns.REASONS)
            .collectAsList()) {
      String record = JSON.readTree(row.getString(0)).path(first).asText();
      for (Row reason : row.<Row>getList(1)) {
        String column = reason.getAs("column");
        if (column != null) {
          cells.add(new Cell(record, headers.get(column)));
        }
      }
    }
    return cells;
  }

  /**
   * What a mart names, a cell in each row.
   *
   * @param record its column with the record, as the file's first column has it
   * @param column its column with the name of a column of the dataset
   */
  Set<Cell> ofMart(String mart, String record, String column) {
    Set<Cell> cells = new HashSet<>();
    for (Row row :
        tables
            .read(TableName.gold(mart))
            .selectExpr("CAST(" + record + " AS STRING)", column)
            .collectAsList()) {
      cells.add(new Cell(row.getString(0), headers.get(row.getString(1))));
    }
    return cells;
  }
}
