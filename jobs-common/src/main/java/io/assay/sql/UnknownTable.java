package io.assay.sql;

import io.assay.document.Nearest;
import io.assay.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is said of a name that is no table's. */
final class UnknownTable {
  private UnknownTable() {}

  /**
   * One line.
   *
   * @param parts the name as written, without quotes
   * @param tables those that could be meant
   */
  static String message(List<String> parts, Collection<TableName> tables) {
    String name = String.join(".", parts);
    String hint =
        meant(parts, tables)
            .map(table -> "; did you mean '" + table + "'?")
            .orElseGet(() -> Nearest.hint(name, tables.stream().map(TableName::toString).toList()));
    return "there is no table "
        + name
        + " here"
        + (hint.isEmpty() ? "; SHOW TABLES lists them" : hint)
        + (name.contains("/") ? "; paths cannot be read" : "");
  }

  /** The table of a name that lacks its layer. */
  private static Optional<TableName> meant(List<String> parts, Collection<TableName> tables) {
    List<String> plain = tables.stream().map(TableName::name).toList();
    return parts.size() > 1
        ? Optional.empty()
        : Nearest.to(parts.get(0), plain)
            .flatMap(
                near -> tables.stream().filter(table -> table.name().equals(near)).findFirst());
  }
}
