package io.assay.document;

import java.util.List;
import java.util.TreeSet;

/** Gathers every mistake, so that a reader sees all of them at once. */
public final class Problems {
  private final TreeSet<Problem> found = new TreeSet<>();

  /** Notes a mistake. */
  public void add(Position position, String path, String message) {
    found.add(new Problem(position.file(), position.line(), position.column(), path, message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All mistakes, by file and line. */
  public List<Problem> all() {
    return List.copyOf(found);
  }
}
