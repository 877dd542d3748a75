package io.assay.batch;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person decided about a held batch; it is kept in the intent of the batch that carries it
 * out.
 *
 * @param accepted rules (or {@code gate}) whose failure is accepted once, with the reason
 * @param rejection the reason for which the whole batch goes to quarantine
 */
public record Decision(Map<String, String> accepted, Optional<String> rejection) {
  public static final Decision NONE = new Decision(Map.of(), Optional.empty());

  public Decision {
    accepted = Map.copyOf(accepted);
  }

  public boolean isNone() {
    return accepted.isEmpty() && rejection.isEmpty();
  }

  /** For people: {@code accepted RULE: REASON}, by rules, and {@code rejected: REASON}. */
  public String text() {
    return Stream.concat(
            new TreeMap<>(accepted)
                .entrySet().stream()
                    .map(rule -> "accepted %s: %s".formatted(rule.getKey(), rule.getValue())),
            rejection.map(reason -> "rejected: " + reason).stream())
        .collect(Collectors.joining("; "));
  }
}
