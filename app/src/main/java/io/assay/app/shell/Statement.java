package io.assay.app.shell;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.sql.SqlSyntaxException;
import java.util.List;

/**
 * One statement of a text, or one command of the shell.
 *
 * @param text without its semicolon
 * @param source the file that it stands in, as people name it; empty if it was typed
 * @param line where it begins, from 1
 * @param column where it begins, from 1
 * @param command whether it is meant for the shell
 */
public record Statement(String text, String source, int line, int column, boolean command) {

  /** Another one in its place. */
  Statement saying(String other) {
    return new Statement(other, source, line, column, false);
  }

  /** What is wrong with it, with the place and the line that is meant. */
  AssayException problem(SqlSyntaxException problem) {
    List<String> lines = text.lines().toList();
    int row = Math.min(Math.max(problem.line(), 1), lines.size());
    int place = Math.max(problem.column(), 1);
    int inSource = place + (row == 1 ? column - 1 : 0);
    String where =
        source.isEmpty()
            ? "line %d, column %d: ".formatted(line + row - 1, inSource)
            : "%s:%d:%d: ".formatted(source, line + row - 1, inSource);
    String meant = lines.get(row - 1);
    String indent =
        meant.substring(0, Math.min(place - 1, meant.length())).replaceAll("[^\t]", " ");
    return new AssayException(
        ExitCode.USAGE, where + problem.getMessage() + "\n  " + meant + "\n  " + indent + "^");
  }
}
