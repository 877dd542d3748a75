package io.assay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of {@code bin/assay} that is killed. */
final class KilledRun {
  private static final String INTENT = ".intent.json";
  private static final String END = ".end.json";

  private KilledRun() {}

  /**
   * Kills a command some time after it has begun a batch.
   *
   * @param command {@code run} or {@code stream}
   * @return whether a batch was in hand
   */
  static boolean killed(SmallProject project, String command, int milliseconds) throws Exception {
    long before = intents(project).size();
    Process process = AssayProcess.launched(project, Map.of(), command);
    Instant patience = Instant.now().plus(Duration.ofMinutes(3));
    while (process.isAlive()
        && intents(project).size() <= before
        && Instant.now().isBefore(patience)) {
      Thread.sleep(50);
    }
    Thread.sleep(milliseconds);
    process.destroyForcibly().waitFor();
    return intents(project).stream()
        .anyMatch(intent -> !Files.exists(Path.of(intent.replace(INTENT, END))));
  }

  private static Set<String> intents(SmallProject project) throws IOException {
    Path ledgers = project.warehouse().resolve("_assay/ledger");
    if (!Files.exists(ledgers)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(ledgers)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(INTENT))
          .collect(Collectors.toSet());
    } catch (UncheckedIOException e) {
      // A file went away while its folder was walked.
      return Set.of();
    }
  }
}
