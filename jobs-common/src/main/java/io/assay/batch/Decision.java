package io.assay.batch;

import java.util.Map;
import java.util.Optional;

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
}
