package io.assay.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/**
 * An interval of one table's versions: what was appended after {@code after}, up to and including
 * {@code upTo}.
 *
 * @param after exclusive; -1 for "from the beginning"
 * @param upTo inclusive
 * @param rows how many rows the files of the range hold, from the files' own statistics; -1 where
 *     the table is read as a whole and nobody counted
 * @param commit tells the commit of {@code upTo} from another under its number: {@link
 *     TableCommits#mark}; empty where nobody asked
 */
public record TableRange(
    TableName table, String tableId, long after, long upTo, long rows, Optional<String> commit) {
  @JsonCreator
  public TableRange {}

  /** A range that does not tell its commits from others. */
  public TableRange(TableName table, String tableId, long after, long upTo, long rows) {
    this(table, tableId, after, upTo, rows, Optional.empty());
  }

  /** The range of a table that does not exist yet: it holds nothing, and all comes after it. */
  public static TableRange beforeCreation(TableName table) {
    return new TableRange(
        table, TableState.ABSENT.id(), TableState.ABSENT.version(), TableState.ABSENT.version(), 0);
  }

  /** The state of the table up to which it is read. */
  @JsonIgnore
  public TableState state() {
    return new TableState(tableId, upTo);
  }

  /** Whether the table did not exist yet. */
  @JsonIgnore
  public boolean isBeforeCreation() {
    return upTo < 0;
  }
}
