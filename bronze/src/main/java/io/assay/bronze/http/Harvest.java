package io.assay.bronze.http;

import java.util.List;

/**
 * Pages that were read.
 *
 * @param rows those that land
 * @param records how many records are in them
 * @param until the position behind them
 */
record Harvest(List<PageRow> rows, long records, ApiPosition until, End end) {

  /** Why reading ended. */
  enum End {
    /** Pages are left. */
    FULL,
    /** A page could not be read, so what comes behind it is not known. */
    UNREADABLE,
    /** It was the last page. */
    LAST,
    /** The page to go on at is there no longer. */
    GONE
  }
}
