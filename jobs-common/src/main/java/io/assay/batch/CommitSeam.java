package io.assay.batch;

import io.assay.table.TableName;

/**
 * Everything a job makes durable passes here, one call per atomic commit. The one place where a
 * crash can be injected, and from which the list of crash points is generated.
 */
@FunctionalInterface
public interface CommitSeam {
  /** Commits without further ado. */
  CommitSeam DIRECT = (point, commit) -> commit.run();

  /** Runs one atomic commit. */
  void commit(Point point, Runnable commit);

  /**
   * What is committed.
   *
   * @param step {@code INTENT}, a step's name, {@code STATES}, {@code METRICS}, {@code HELD},
   *     {@code ABANDONED}, {@code EPOCH}, {@code DONE} or {@code COMMENTS}
   */
  record Point(TableName table, String step) {
    @Override
    public String toString() {
      return table + "/" + step;
    }
  }
}
