package io.assay.config;

import io.assay.document.Problem;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import java.util.stream.Collectors;

/** The project cannot be used as it is written; holds every mistake at once. */
public final class ConfigurationException extends AssayException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one, by file and line
   */
  public ConfigurationException(List<Problem> problems) {
    super(ExitCode.CONFIGURATION, message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Every mistake, by file and line. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    return problems.stream()
        .map(Problem::toString)
        .collect(
            Collectors.joining(
                System.lineSeparator(),
                (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                    + " in the configuration:"
                    + System.lineSeparator(),
                ""));
  }
}
