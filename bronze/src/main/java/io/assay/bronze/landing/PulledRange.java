package io.assay.bronze.landing;

import io.assay.batch.ColumnChange;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One range of a source, from its plan to its rows. Nothing of it has landed, or all has. */
public interface PulledRange {

  /** Looks at what will be read, where that must be known before. Called once, first. */
  default void prepare() {}

  /** Takes note of what was recorded when the range landed. Called in place of the other calls. */
  default void recall() {}

  /** Whether there is anything to append, as far as is known by now. */
  default boolean anything() {
    return true;
  }

  /**
   * The rows, with {@code _source}, and {@code _problem} and {@code _raw} where one could not be
   * read as declared.
   */
  Dataset<Row> rows();

  /**
   * Leaves out what cannot be read, or waits for what was away, after an append has failed; then
   * the rows are appended once more. Called after each failure, so it must give up at some time.
   *
   * @throws RuntimeException if nothing can be done: why the range did not land
   */
  void mend(Exception failure);

  /** What people should know of this range. */
  default List<String> notes() {
    return List.of();
  }

  /** Changes of columns for which something was left out. */
  default List<ColumnChange> refusedChanges() {
    return List.of();
  }

  /** Whether something was left out. */
  default boolean partial() {
    return false;
  }
}
