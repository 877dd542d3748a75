package io.assay.bronze.record;

import io.assay.table.SourceNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns that a header names: every name storable, none empty, none twice whatever its case,
 * none an internal column's.
 *
 * @param names one for each field of the header
 * @param notes what had to be changed, for people
 */
public record ColumnNames(List<String> names, List<String> notes) {

  public static ColumnNames of(List<String> header) {
    List<String> names = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<String> taken = new HashSet<>(SourceNames.INTERNAL);
    for (int i = 0; i < header.size(); i++) {
      String told = header.get(i) == null ? "" : header.get(i).strip();
      String wanted = told.isEmpty() ? "column_" + (i + 1) : SourceNames.storable(told);
      String name = wanted;
      for (int suffix = 2; !taken.add(name.toLowerCase(Locale.ROOT)); suffix++) {
        name = wanted + "_" + suffix;
      }
      names.add(name);
      if (told.isEmpty()) {
        notes.add("column %d has no name in the header: it is kept as %s".formatted(i + 1, name));
      } else if (!name.equals(wanted)) {
        notes.add(
            "the header's name '%s' is taken (column %d): it is kept as %s"
                .formatted(told, i + 1, name));
      }
    }
    return new ColumnNames(List.copyOf(names), List.copyOf(notes));
  }
}
