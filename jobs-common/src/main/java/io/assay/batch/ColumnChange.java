package io.assay.batch;

import java.util.Locale;
import java.util.Optional;

/**
 * A change of a table's columns, or of its source's fields, that a batch met.
 *
 * @param column its name
 * @param before its type until now; empty if there was none, or none is known
 * @param after its type from now on; empty likewise
 * @param policy what the dataset says of drift; empty where it has no say
 * @param action what was done, in a few words
 */
public record ColumnChange(
    String column,
    Kind kind,
    Optional<String> before,
    Optional<String> after,
    Optional<String> policy,
    String action) {

  /** What happened to it. */
  public enum Kind {
    APPEARED,
    DISAPPEARED,
    RETURNED,
    RETYPED;

    /** As people read it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
