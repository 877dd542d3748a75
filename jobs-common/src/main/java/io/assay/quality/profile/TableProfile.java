package io.assay.quality.profile;

import java.util.List;

/**
 * What the rows of a table look like.
 *
 * @param rows how many there are
 * @param columns in the order of the rows
 */
public record TableProfile(long rows, List<ColumnProfile> columns) {
  public TableProfile {
    columns = List.copyOf(columns);
  }
}
