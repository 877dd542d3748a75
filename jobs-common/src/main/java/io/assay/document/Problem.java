package io.assay.document;

import java.util.Comparator;

/**
 * One mistake in the configuration.
 *
 * @param file relative to the project's folder, or an option of the command line
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no columns
 * @param path the keys that lead to the place, such as {@code history.sequence[0]}; may be empty
 * @param message what is wrong and what would be right; never holds a secret
 */
public record Problem(String file, int line, int column, String path, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  /** One line: place, path, message. */
  @Override
  public String toString() {
    String place = new Position(file, line, column).toString();
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}
