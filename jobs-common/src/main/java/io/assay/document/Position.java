package io.assay.document;

/**
 * Where something stands in a file.
 *
 * @param file as a reader would name it: relative to the project's folder, or an option of the
 *     command line
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no columns
 */
public record Position(String file, int line, int column) {

  /** The beginning of a file, for what the whole file lacks. */
  public static Position startOf(String file) {
    return new Position(file, 1, 1);
  }

  /** Something that has no lines, such as an option. */
  public static Position of(String origin) {
    return new Position(origin, 0, 0);
  }

  /** {@code file:line}, or just the file where there are no lines. */
  public String inShort() {
    return line == 0 ? file : file + ":" + line;
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
