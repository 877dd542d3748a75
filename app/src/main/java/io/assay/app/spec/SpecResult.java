package io.assay.app.spec;

import java.util.List;

/**
 * How one case came out.
 *
 * @param file relative to the project's folder
 * @param line where the case begins
 * @param name of the case
 * @param seconds it took
 * @param differences from what was expected, each a few lines for a person; empty if it passed
 */
public record SpecResult(
    String file, int line, String name, double seconds, List<String> differences) {
  public SpecResult {
    differences = List.copyOf(differences);
  }

  public boolean passed() {
    return differences.isEmpty();
  }
}
