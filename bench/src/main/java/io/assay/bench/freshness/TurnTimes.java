package io.assay.bench.freshness;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the time of a turn went, from one batch of bronze to the next: told by the times of the
 * files that the two ledgers and the tables' logs gained.
 *
 * @param seconds by part, the mean of all turns
 */
record TurnTimes(@JsonValue Map<String, Double> seconds) {
  private static final List<String> PARTS =
      List.of(
          "bronze: intent to commit",
          "bronze: commit to account",
          "bronze's account to silver's intent",
          "silver: intent to first commit",
          "silver: to the commit that readers see",
          "silver: commit to account",
          "silver's account to bronze's next intent");

  /**
   * Reads the files.
   *
   * @param warehouse its folder
   * @param silver the table that readers see
   * @param from when the first turn begins
   * @param to before which the last one ends
   */
  static TurnTimes read(Path warehouse, Path silver, Instant from, Instant to) throws IOException {
    NavigableSet<Instant> begun = ledger(warehouse, EventProject.BRONZE.toString(), ".intent.json");
    NavigableSet<Instant> landed = commits(warehouse.resolve("bronze/" + EventProject.NAME));
    NavigableSet<Instant> told = ledger(warehouse, EventProject.BRONZE.toString(), ".end.json");
    NavigableSet<Instant> cleaned =
        ledger(warehouse, EventProject.SILVER.toString(), ".intent.json");
    NavigableSet<Instant> any = new TreeSet<>();
    for (Path table :
        List.of(silver, warehouse.resolve("silver/" + EventProject.NAME + "__events"))) {
      any.addAll(commits(table));
    }
    NavigableSet<Instant> seen = commits(silver);
    NavigableSet<Instant> done = ledger(warehouse, EventProject.SILVER.toString(), ".end.json");
    List<List<Instant>> turns = new ArrayList<>();
    for (Instant start : begun.subSet(from, to)) {
      List<Instant> marks = new ArrayList<>(List.of(start));
      for (NavigableSet<Instant> next : List.of(landed, told, cleaned, any, seen, done, begun)) {
        Instant last = marks.get(marks.size() - 1);
        Instant mark = next == begun ? next.higher(last) : next.ceiling(last);
        if (mark == null || mark.isAfter(to)) {
          break;
        }
        marks.add(mark);
      }
      if (marks.size() == PARTS.size() + 1) {
        turns.add(marks);
      }
    }
    return mean(turns);
  }

  private static TurnTimes mean(List<List<Instant>> turns) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (int part = 0; part < PARTS.size(); part++) {
      int from = part;
      seconds.put(
          PARTS.get(part),
          turns.stream()
              .mapToDouble(
                  turn -> Duration.between(turn.get(from), turn.get(from + 1)).toNanos() / 1e9)
              .average()
              .orElse(Double.NaN));
    }
    return new TurnTimes(seconds);
  }

  private static NavigableSet<Instant> commits(Path table) throws IOException {
    return times(table.resolve("_delta_log"), ".json");
  }

  private static NavigableSet<Instant> ledger(Path warehouse, String table, String ending)
      throws IOException {
    return times(warehouse.resolve("_assay/ledger").resolve(table).resolve("batches"), ending);
  }

  private static NavigableSet<Instant> times(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return new TreeSet<>();
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(path -> isFile(path, ending)).toList();
    }
    NavigableSet<Instant> times = new TreeSet<>();
    for (Path file : files) {
      times.add(Files.getLastModifiedTime(file).toInstant());
    }
    return times;
  }

  private static boolean isFile(Path path, String ending) {
    String name = path.getFileName().toString();
    return name.endsWith(ending) && !name.startsWith(".");
  }

  @Override
  public String toString() {
    return seconds.entrySet().stream()
        .map(part -> "%s %.2f".formatted(part.getKey(), part.getValue()))
        .collect(Collectors.joining(", "));
  }
}
