package io.assay.bronze;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real data that is not part of the project. */
public final class TestData {
  private TestData() {}

  /** A folder of it; the test is skipped, with a message, where there is none. */
  public static Path folder(String name) {
    String root = System.getProperty("assay.root", "..");
    Path data =
        Optional.ofNullable(System.getenv("ASSAY_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of(root, "..", "shared", "data"));
    Path folder = data.resolve(name).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      String message = "NOT RUN: " + folder + " is not there; set ASSAY_TEST_DATA to its parent";
      System.err.println(message);
      Assumptions.abort(message);
    }
    return folder;
  }
}
