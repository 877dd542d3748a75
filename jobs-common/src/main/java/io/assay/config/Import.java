package io.assay.config;

import io.assay.document.Setting;
import io.assay.table.TableName;
import java.util.List;
import java.util.Map;

/** Tables of another project that this one reads. Nothing here ever writes them. */
public record Import(
    @Setting(
            "The root folder of the other project's tables: a URI, an absolute path, or a path"
                + " relative to this project's folder.")
        String warehouse,
    @Setting(
            "The name that each table has here, and its name there, as in silver.shop_orders:"
                + " silver.orders. A silver table comes with its history, silver.shop_orders_history.")
        Map<String, TableName> tables,
    @Setting(
            "Those of the bronze tables, by their names here, whose records are JSON documents in"
                + " _value.")
        List<TableName> documents) {

  /** The warehouse may hold a password. */
  @Override
  public String toString() {
    return "Import[warehouse="
        + Redaction.uri(warehouse)
        + ", tables="
        + tables
        + ", documents="
        + documents
        + "]";
  }
}
