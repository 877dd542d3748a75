package io.assay.app.cli;

import java.io.PrintStream;

/**
 * Where commands write: the answer to standard out, what people read meanwhile to standard error.
 *
 * @param columns the width of the terminal behind standard error; 0 if there is none
 */
record Console(PrintStream out, PrintStream err, int columns) {
  /** The system property by which the launcher tells the terminal's width. */
  private static final String TERMINAL = "assay.terminal";

  static Console ofProcess() {
    return new Console(System.out, System.err, Integer.getInteger(TERMINAL, 0));
  }

  boolean live() {
    return columns > 0;
  }
}
