package io.assay.config;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Where a warehouse lies, as a project writes it: from the project's folder, if not absolute. */
final class WarehousePath {
  /** What stays of a reference whose value is missing, which is told where it is missing. */
  private static final String REFERENCE = "${";

  private WarehousePath() {}

  /** The path; empty if what is written is none. */
  static Optional<Path> of(Path project, String written) {
    try {
      return written.isBlank() ? Optional.empty() : Optional.of(new Path(project, written));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with what is written; empty if nothing is, or if it is a missing value. */
  static Optional<String> problem(Path project, String written) {
    if (written.isBlank()) {
      return Optional.of("must name a folder");
    }
    return written.contains(REFERENCE) || of(project, written).isPresent()
        ? Optional.empty()
        : Optional.of("expected a path or a URI");
  }
}
