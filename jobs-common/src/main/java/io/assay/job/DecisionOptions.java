package io.assay.job;

import io.assay.batch.Decision;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options with which a person decides about a held batch. */
public final class DecisionOptions {
  @Option(
      names = "--accept",
      paramLabel = "RULE",
      description =
          "Let the held batch through although this rule failed, once and on record; 'gate' is"
              + " the share of quarantined rows. Or go on behind what a source has lost:"
              + " missing_history; or from another kind of source: source_change. Repeatable;"
              + " needs --reason.")
  private List<String> accepted;

  @Option(
      names = "--reject",
      description = "Send the whole held batch to quarantine and go on. Needs --reason.")
  private boolean reject;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why it is decided so; kept in the table's ledger.")
  private String reason;

  /**
   * The decision; {@link Decision#NONE} if no option was given.
   *
   * @throws AssayException with exit code 2 if the options contradict each other or the reason is
   *     missing
   */
  public Decision decision() {
    List<String> rules = accepted == null ? List.of() : accepted;
    if (rules.isEmpty() && !reject) {
      check(reason == null, "--reason belongs to --accept RULE or --reject: give one of them");
      return Decision.NONE;
    }
    check(rules.isEmpty() || !reject, "--accept and --reject exclude each other: give one");
    check(
        reason != null && !reason.isBlank(),
        "a decision is kept on record: say why with --reason TEXT");
    if (reject) {
      return new Decision(Map.of(), Optional.of(reason));
    }
    Map<String, String> reasons =
        rules.stream().distinct().collect(Collectors.toMap(Function.identity(), r -> reason));
    return new Decision(reasons, Optional.empty());
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new AssayException(ExitCode.USAGE, message);
    }
  }
}
