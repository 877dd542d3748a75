package io.assay.bench.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A stretch of time that somebody labelled as unusual, both ends included. */
record Window(LocalDateTime from, LocalDateTime to) {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  /** The windows of a file that labels one series, as the Numenta Anomaly Benchmark has it. */
  static List<Window> read(Path file) throws IOException {
    JsonNode series = new ObjectMapper().readTree(file.toFile());
    if (series.size() != 1) {
      throw new IllegalStateException(file + " labels " + series.size() + " series, and not one");
    }
    List<Window> windows = new ArrayList<>();
    for (JsonNode window : series.elements().next()) {
      windows.add(new Window(time(window.path(0)), time(window.path(1))));
    }
    return windows;
  }

  private static LocalDateTime time(JsonNode written) {
    return LocalDateTime.parse(written.asText(), WRITTEN);
  }

  /** Whether a part of the day lies in it. */
  boolean touches(LocalDate day) {
    return !day.isBefore(from.toLocalDate()) && !day.isAfter(to.toLocalDate());
  }
}
