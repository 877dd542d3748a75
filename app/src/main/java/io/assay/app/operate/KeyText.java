package io.assay.app.operate;

import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;

/** A key as it is typed: {@code column=value}, once per column, or the value alone. */
final class KeyText {
  private final List<String> columns;
  private final String dataset;

  KeyText(List<StructField> key, String dataset) {
    this.columns = key.stream().map(StructField::name).toList();
    this.dataset = dataset;
  }

  /**
   * The texts by column.
   *
   * @throws AssayException with exit code 2 if a column is unknown, named twice or missing
   */
  Map<String, String> parse(List<String> given) {
    Map<String, String> key = new LinkedHashMap<>();
    for (String text : given) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? "" : text.substring(0, equals);
      if (columns.contains(name)) {
        put(key, name, text.substring(equals + 1));
      } else if (columns.size() == 1 && given.size() == 1 && !looksLikeColumn(name)) {
        put(key, columns.get(0), text);
      } else {
        throw usage(
            "'%s' is no column of the key%s"
                .formatted(name.isEmpty() ? text : name, Nearest.hint(name, columns)));
      }
    }
    List<String> missing = columns.stream().filter(name -> !key.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw usage("the key also needs " + String.join(", ", missing));
    }
    return key;
  }

  /** A value may hold an equals sign; a name that is none of the key's is more likely a slip. */
  private static boolean looksLikeColumn(String name) {
    return name.matches("[a-z][a-z0-9_]*");
  }

  private void put(Map<String, String> key, String name, String value) {
    if (key.put(name, value) != null) {
      throw usage("the key's column " + name + " is given twice");
    }
  }

  private AssayException usage(String problem) {
    return new AssayException(
        ExitCode.USAGE,
        "%s: silver.%s has the key %s, so give %s"
            .formatted(
                problem,
                dataset,
                String.join(", ", columns),
                columns.stream()
                    .map(name -> "--key " + name + "=VALUE")
                    .collect(Collectors.joining(" "))));
  }
}
