package io.assay.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProcessExitTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode outcome(Program program) {
    return ProcessExit.outcome(program, new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anOutcomeIsTheExitCodeAndPrintsNothing() {
    assertThat(outcome(() -> ExitCode.QUALITY)).isEqualTo(ExitCode.QUALITY);
    assertThat(printed()).isEmpty();
  }

  @Test
  void aUsersMistakeIsOneMessageWithoutAStackTrace() {
    ExitCode exitCode =
        outcome(
            () -> {
              throw new AssayException(ExitCode.UNAVAILABLE, "the store does not answer");
            });
    assertThat(exitCode).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(printed()).isEqualTo("assay: the store does not answer\n");
  }

  @Test
  void aMistakeInsideAWrapperKeepsItsMessageAndCode() {
    AssayException known = new AssayException(ExitCode.QUALITY, "the file is refused");
    ExitCode exitCode =
        outcome(
            () -> {
              throw new IllegalStateException("wrapper", known);
            });
    assertThat(exitCode).isEqualTo(ExitCode.QUALITY);
    assertThat(printed()).isEqualTo("assay: the file is refused\n");
  }

  @Test
  void anythingUnexpectedIsOneLineThatSaysWhereTheDetailsAre() {
    ExitCode exitCode =
        outcome(
            () -> {
              throw new StackOverflowError("deep\nand more");
            });
    assertThat(exitCode).isEqualTo(ExitCode.FAILURE);
    assertThat(printed().lines().filter(line -> line.startsWith("assay: ")))
        .containsExactly(
            "assay: unexpected failure: StackOverflowError: deep; details are in the driver's log");
  }
}
