package io.assay.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a project that a test writes. */
record ProjectFiles(Path folder) {

  /** Writes a text file, and the folders above it. */
  void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
