package io.assay.bench.freshness;

import java.util.List;

/**
 * The measurements as Markdown.
 *
 * @param measured at least one
 */
record Report(List<Freshness> measured) {

  String markdown() {
    return ages() + "\nSeconds from sending an event until a reader sees it.\n\n" + turns();
  }

  private String ages() {
    StringBuilder text =
        new StringBuilder(
            """
            | kept, judged | events/s | sent | in bronze, median | in silver, median | p95 | slowest | first to last third, median | aim of p95 | | silver batches |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- | ---: |
            """);
    for (Freshness each : measured) {
      Scenario scenario = Scenario.of(each.scenario());
      long aim = scenario.aim().toSeconds();
      text.append(
          "| %s | %,d | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f to %.2f | ≤ %d | %s | %d |%n"
              .formatted(
                  scenario.label(),
                  each.rate(),
                  each.sent(),
                  each.bronze(),
                  each.median(),
                  each.p95(),
                  each.most(),
                  each.begin(),
                  each.end(),
                  aim,
                  each.p95() <= aim ? "met" : "missed",
                  each.batches()));
    }
    return text.toString();
  }

  private String turns() {
    StringBuilder text = new StringBuilder("| a turn, mean seconds |");
    measured.forEach(each -> text.append(" %s, %,d/s |".formatted(each.scenario(), each.rate())));
    text.append("\n| --- |").append(" ---: |".repeat(measured.size())).append('\n');
    for (String part : measured.get(0).turn().seconds().keySet()) {
      text.append("| ").append(part).append(" |");
      measured.forEach(each -> text.append(" %.2f |".formatted(each.turn().seconds().get(part))));
      text.append('\n');
    }
    return text.toString();
  }
}
