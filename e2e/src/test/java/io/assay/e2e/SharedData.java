package io.assay.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real data that tests read where it is at hand; it is no part of this repository. */
final class SharedData {
  private SharedData() {}

  /** A folder of data; without it the test is aborted, and says so. */
  static Path orAbort(String folder) {
    Path root = Path.of(System.getProperty("assay.root"));
    Path data =
        Optional.ofNullable(System.getenv("ASSAY_TEST_DATA"))
            .map(Path::of)
            .orElse(root.resolve("../shared/data"))
            .resolve(folder);
    if (!Files.isDirectory(data)) {
      String message =
          "NOT RUN: the real data is not at "
              + data
              + "; name its parent in ASSAY_TEST_DATA to run this test";
      System.err.println(message);
      Assumptions.abort(message);
    }
    return data;
  }
}
