package io.assay.bench.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.job.Units;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Days on which rules spoke, beside labelled windows.
 *
 * @param judged how many days rules had a say on
 * @param spoke the rules that each day broke; only days that broke one
 */
record DayScores(List<Window> windows, long judged, SortedMap<LocalDate, SortedSet<String>> spoke)
    implements Scores {
  DayScores {
    windows = List.copyOf(windows);
    spoke = new TreeMap<>(spoke);
  }

  /** How many windows have a day on which a rule spoke. */
  long hit() {
    return windows.stream().filter(window -> !in(window).isEmpty()).count();
  }

  /** The days of a window on which a rule spoke. */
  SortedMap<LocalDate, SortedSet<String>> in(Window window) {
    return days(spoke.keySet().stream().filter(window::touches).toList());
  }

  /** The days on which a rule spoke, and no part of which is in a window. */
  SortedMap<LocalDate, SortedSet<String>> others() {
    return days(
        spoke.keySet().stream()
            .filter(day -> windows.stream().noneMatch(window -> window.touches(day)))
            .toList());
  }

  private SortedMap<LocalDate, SortedSet<String>> days(List<LocalDate> some) {
    SortedMap<LocalDate, SortedSet<String>> days = new TreeMap<>(spoke);
    days.keySet().retainAll(some);
    return days;
  }

  @Override
  public String markdown() {
    StringBuilder table =
        new StringBuilder("| window | days that rules spoke on |\n| --- | --- |\n");
    for (Window window : windows) {
      String times = (window.from() + " to " + window.to()).replace('T', ' ');
      table.append("| ").append(times).append(" | ").append(told(in(window))).append(" |\n");
    }
    table.append("| none | ").append(told(others())).append(" |\n\n");
    return table
        .append(
            "%d of %s, %s, %s judged\n"
                .formatted(
                    hit(),
                    Units.count(windows.size(), "window"),
                    Units.count(others().size(), "other day"),
                    Units.count(judged, "day")))
        .toString();
  }

  private static String told(Map<LocalDate, SortedSet<String>> days) {
    return days.entrySet().stream()
        .map(
            day ->
                day.getValue().stream()
                    .collect(Collectors.joining("`, `", day.getKey() + " `", "`")))
        .collect(Collectors.joining("; "));
  }

  @Override
  public JsonNode json(ObjectMapper mapper) {
    ObjectNode all = mapper.createObjectNode();
    ArrayNode each = all.putArray("windows");
    for (Window window : windows) {
      ObjectNode node = each.addObject();
      node.put("from", window.from().toString()).put("to", window.to().toString());
      fill(node.putArray("days"), in(window));
    }
    fill(all.putArray("other_days"), others());
    return all.put("windows_hit", hit()).put("days_judged", judged);
  }

  private static void fill(ArrayNode array, Map<LocalDate, SortedSet<String>> days) {
    days.forEach(
        (day, rules) -> {
          ArrayNode names = array.addObject().put("day", day.toString()).putArray("rules");
          rules.forEach(names::add);
        });
  }
}
