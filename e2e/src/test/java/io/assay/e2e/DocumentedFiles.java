package io.assay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of the documentation shows as a file: a block of code below a comment with its name.
 * Tests use it as it stands there.
 *
 * @param page from {@code docs} on
 */
record DocumentedFiles(String page) {

  /** The content of the file that the page shows under a name. */
  String text(String name) {
    Matcher block =
        Pattern.compile("(?s)<!-- " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)\n```")
            .matcher(content());
    if (!block.find()) {
      throw new IllegalArgumentException(page + " shows no file " + name);
    }
    return block.group(1) + "\n";
  }

  /** The statements of a file of SQL. */
  String[] statements(String name) {
    return text(name).split(";\n");
  }

  private String content() {
    try {
      return Files.readString(Installation.root().resolve("docs").resolve(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
