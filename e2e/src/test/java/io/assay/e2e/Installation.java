package io.assay.e2e;

import java.nio.file.Path;

/** Where the checkout that is tested lies. */
final class Installation {
  private Installation() {}

  /** The root folder; the build tells it, and an editor is started in a module or there. */
  static Path root() {
    String told = System.getProperty("assay.root");
    if (told != null) {
      return Path.of(told);
    }
    Path here = Path.of("").toAbsolutePath();
    return here.resolve("bin").toFile().isDirectory() ? here : here.getParent();
  }
}
