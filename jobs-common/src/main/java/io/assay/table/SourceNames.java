package io.assay.table;

import java.util.Set;

/**
 * How bronze names a source's columns. A name is kept as it came, except for the characters that a
 * Delta table without column mapping cannot store; so a contract's physicalName finds its column
 * through {@link #storable}.
 */
public final class SourceNames {
  /** What a source column cannot be called, in lower case, because bronze uses it. */
  public static final Set<String> INTERNAL =
      Set.of(
          RowColumns.SOURCE,
          RowColumns.INGESTED_AT,
          RowColumns.RUN_ID,
          RowColumns.PROBLEM,
          RowColumns.RAW,
          RowColumns.RESCUED,
          RowColumns.VALUE,
          RowColumns.MESSAGE,
          RowColumns.PAGE,
          RowColumns.BATCH);

  private SourceNames() {}

  /** The name with an underscore for each space and each of {@code , ; { } ( ) =}, stripped. */
  public static String storable(String name) {
    return name.strip().replaceAll("[ ,;{}()\\n\\r\\t=]", "_");
  }
}
