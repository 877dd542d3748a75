package io.assay.gold.publish;

import io.assay.batch.CommitSeam;

/** A process that dies before or after one of its commits; counted from 0, two for each commit. */
final class Crash implements CommitSeam {
  private final int at;
  private int passed;

  /**
   * @param at where it dies; -1 for nowhere
   */
  Crash(int at) {
    this.at = at;
  }

  /** How many places there were. */
  int places() {
    return passed;
  }

  @Override
  public void commit(Point point, Runnable commit) {
    die();
    commit.run();
    die();
  }

  private void die() {
    if (passed++ == at) {
      throw new Death();
    }
  }

  /** What nobody handles. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }
}
