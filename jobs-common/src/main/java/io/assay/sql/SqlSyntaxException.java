package io.assay.sql;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;

/**
 * A text that is not the SQL it should be, or does not fit the tables it names. The message is one
 * line.
 */
public final class SqlSyntaxException extends AssayException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line from 1, in the text
   * @param column from 1, in the line
   * @param message one line
   */
  public SqlSyntaxException(int line, int column, String message) {
    super(ExitCode.CONFIGURATION, message);
    this.line = line;
    this.column = column;
  }

  /** From 1, in the text. */
  public int line() {
    return line;
  }

  /** From 1, in the line. */
  public int column() {
    return column;
  }

  /** The same, as one of several problems. */
  public SqlProblem problem() {
    return new SqlProblem(line, column, getMessage());
  }
}
