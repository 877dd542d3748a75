package io.assay.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real invoices, where they are at hand, and what an independent script counts in them. */
record OnlineRetail(Path files) {
  private static final String FOLDER = "online-retail";

  /** The data; without it the test is aborted, and says so. */
  static OnlineRetail orAbort() {
    return new OnlineRetail(SharedData.orAbort(FOLDER));
  }

  /** The daily files, in order. */
  List<Path> days() {
    try (Stream<Path> list = Files.list(files)) {
      return list.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code count_customers.py} prints: one JSON object. */
  String counted(Path project) {
    try {
      Process python =
          new ProcessBuilder(
                  "python3", project.resolve("count_customers.py").toString(), files.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
        String text = out.lines().collect(Collectors.joining("\n"));
        if (python.waitFor() != 0) {
          throw new IllegalStateException("count_customers.py failed");
        }
        return text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
