package io.assay.app.profile;

import io.assay.table.HistoryColumns;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that a table and its columns can have: lower-case letters, digits and single underscores,
 * with a letter first.
 */
final class SafeNames {
  private static final int LENGTH = 60;

  private SafeNames() {}

  /**
   * Names for a source's columns, in their order, none twice.
   *
   * @param sources as the source calls them
   */
  static List<String> ofColumns(List<String> sources) {
    Set<String> taken = new HashSet<>(HistoryColumns.PUBLIC);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      String plain = of(sources.get(i), "column_" + (i + 1));
      String name = plain;
      for (int suffix = 2; !taken.add(name); suffix++) {
        name = plain + "_" + suffix;
      }
      names.add(name);
    }
    return names;
  }

  /**
   * A name that comes near to a text.
   *
   * @param otherwise if no letter or digit of the text can be kept
   */
  static String of(String text, String otherwise) {
    String ascii =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace("ß", "ss")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    String cut = ascii.length() > LENGTH ? ascii.substring(0, LENGTH).replaceAll("_+$", "") : ascii;
    if (cut.isEmpty()) {
      return otherwise;
    }
    return Character.isDigit(cut.charAt(0)) ? "c_" + cut : cut;
  }
}
