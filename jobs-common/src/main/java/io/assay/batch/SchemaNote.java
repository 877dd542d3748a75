package io.assay.batch;

import java.util.List;

/**
 * What a batch knows of columns.
 *
 * @param seen what was seen up to and with it
 * @param changes how that differs from the batch before
 */
public record SchemaNote(SeenColumns seen, List<ColumnChange> changes) {
  public SchemaNote {
    changes = List.copyOf(changes);
  }
}
