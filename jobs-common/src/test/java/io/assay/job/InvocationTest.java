package io.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.batch.Decision;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class InvocationTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Decide decide;

  @Command(name = "decide", mixinStandardHelpOptions = true)
  private static final class Decide implements Program {
    @Mixin private DecisionOptions options;
    private Decision decision;

    @Override
    public ExitCode execute() {
      decision = options.decision();
      return ExitCode.OK;
    }
  }

  private ExitCode execute(String... args) throws Exception {
    decide = new Decide();
    return Invocation.execute(
        new CommandLine(decide), args, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @Test
  void aDecisionIsAcceptedRulesOrARejectionWithItsReason() throws Exception {
    execute();
    assertThat(decide.decision).isEqualTo(Decision.NONE);
    execute("--accept", "gate", "--accept", "rows", "--reason", "known");
    assertThat(decide.decision.accepted()).isEqualTo(Map.of("gate", "known", "rows", "known"));
    execute("--reject", "--reason", "wrong file");
    assertThat(decide.decision.rejection()).isEqualTo(Optional.of("wrong file"));
  }

  @Test
  void aDecisionWithoutAReasonOrInBothDirectionsIsRefused() {
    assertUsage("say why with --reason", "--reject");
    assertUsage("say why with --reason", "--accept", "gate", "--reason", " ");
    assertUsage("exclude each other", "--accept", "gate", "--reject", "--reason", "x");
    assertUsage("give one of them", "--reason", "x");
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesTheNearestOne() {
    assertUsage("--rejct", "--rejct");
    assertUsage("'decide --help'", "--rejct");
  }

  @Test
  void helpGoesToStandardOutAndStartsNothing() throws Exception {
    assertThat(execute("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: decide", "--accept=RULE");
    assertThat(decide.decision).isNull();
  }

  @Test
  void runIdsSortByTime() {
    Clock early = Clock.fixed(Instant.parse("2026-11-20T09:56:11Z"), ZoneOffset.UTC);
    Clock late = Clock.fixed(Instant.parse("2026-11-20T09:56:11.002Z"), ZoneOffset.UTC);
    assertThat(RunId.next(early))
        .startsWith("20261120T095611.000Z-")
        .isLessThan(RunId.next(late))
        .isNotEqualTo(RunId.next(early));
    String last = RunId.next(late);
    assertThat(RunId.after(last, early))
        .startsWith("20261120T095611.003Z-")
        .isLessThan(RunId.after(last, Clock.offset(late, Duration.ofSeconds(2))));
    assertThat(RunId.after("20261120T095611Z-ffffff", late)).startsWith("20261120T095612.000Z-");
  }

  private void assertUsage(String part, String... args) {
    assertThatThrownBy(() -> execute(args))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(part);
  }
}
