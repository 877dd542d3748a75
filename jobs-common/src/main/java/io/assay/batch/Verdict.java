package io.assay.batch;

import java.util.List;

/**
 * The judgement of a staged batch.
 *
 * @param holds reasons to hold it; empty to let it through
 * @param warnings what people should know although it goes through
 * @param metrics everything measured
 */
public record Verdict(List<Hold> holds, List<String> warnings, List<Metric> metrics) {
  public static final Verdict PASS = new Verdict(List.of(), List.of(), List.of());

  public Verdict {
    holds = List.copyOf(holds);
    warnings = List.copyOf(warnings);
    metrics = List.copyOf(metrics);
  }

  public boolean held() {
    return !holds.isEmpty();
  }
}
