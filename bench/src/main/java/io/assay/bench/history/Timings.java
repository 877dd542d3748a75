package io.assay.bench.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has been measured: one line of JSON per peer and scenario, so that a run can be resumed. */
final class Timings {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<Timing> all = new ArrayList<>();

  /** Those that the file holds. */
  Timings(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        all.add(JSON.readValue(line, Timing.class));
      }
    }
  }

  /** Adds to the file what was measured of one scenario. */
  void add(List<Timing> measured) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Timing timing : measured) {
      lines.add(JSON.writeValueAsString(timing));
    }
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    all.addAll(measured);
  }

  boolean has(Scenario scenario) {
    return all.stream().anyMatch(timing -> timing.scenario().equals(scenario));
  }

  List<Scenario> scenarios() {
    return all.stream().map(Timing::scenario).distinct().toList();
  }

  Optional<Timing> of(Scenario scenario, String peer) {
    return all.stream()
        .filter(timing -> timing.scenario().equals(scenario) && timing.peer().equals(peer))
        .findFirst();
  }

  List<Timing> all() {
    return List.copyOf(all);
  }
}
