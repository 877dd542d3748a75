package io.assay.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {
  @Test
  void aDecisionIsToldByItsRulesAndReasons() {
    assertThat(new Decision(Map.of("late", "a holiday", "gate", "agreed"), Optional.empty()).text())
        .isEqualTo("accepted gate: agreed; accepted late: a holiday");
    assertThat(new Decision(Map.of(), Optional.of("sent twice")).text())
        .isEqualTo("rejected: sent twice");
  }
}
