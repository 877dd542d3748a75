package io.assay.app.demo;

import io.assay.config.History.Keep;
import io.assay.config.Project;
import io.assay.table.TableCatalog;
import io.assay.table.TableName;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the tables of a project hold, so that two projects can be compared. */
record ProjectRows(SparkSession spark, Project project) {

  /** The tables that follow from what came, and not from when: all but closed windows. */
  List<TableName> tables() {
    Stream<TableName> silver =
        project.datasets().values().stream()
            .map(
                dataset ->
                    dataset.pipeline().history().keep() == Keep.SCD2
                        ? TableName.history(dataset.name())
                        : TableName.silver(dataset.name()));
    Stream<TableName> gold =
        project.marts().values().stream()
            .filter(mart -> mart.pipeline().windows().isEmpty())
            .map(mart -> TableName.gold(mart.name()));
    return Stream.concat(silver, gold).toList();
  }

  /** The public rows of a table, sorted. */
  List<String> of(TableName table) {
    return new TableCatalog(spark, project.warehouse())
        .read(table).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
