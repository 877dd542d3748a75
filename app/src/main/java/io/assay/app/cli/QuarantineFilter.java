package io.assay.app.cli;

import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which rows in quarantine a command is about. */
final class QuarantineFilter {
  @Option(names = "--dataset", paramLabel = "NAME", description = "Only of this dataset.")
  private String dataset;

  @Option(names = "--rule", paramLabel = "RULE", description = "Only rows that broke this rule.")
  private String rule;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only rows that were refused at this time or later: 2026-11-20, which begins at midnight"
              + " UTC, or 2026-11-20T06:00:00Z.")
  private String since;

  /**
   * The datasets.
   *
   * @throws AssayException with exit code 2 if the project has no such dataset
   */
  Collection<Dataset> datasets(Project project) {
    if (dataset == null) {
      return project.datasets().values();
    }
    Dataset found = project.datasets().get(dataset);
    if (found == null) {
      throw new AssayException(
          ExitCode.USAGE,
          "this project has no dataset '"
              + dataset
              + "'"
              + Nearest.hint(dataset, project.datasets().keySet()));
    }
    return List.of(found);
  }

  /**
   * Rule and time.
   *
   * @throws AssayException with exit code 2 if the time is none
   */
  Filter rows() {
    return Filter.of(Optional.ofNullable(rule), Optional.ofNullable(since).map(this::time));
  }

  private Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new AssayException(
          ExitCode.USAGE,
          "--since takes a date or a time in UTC, such as 2026-11-20 or 2026-11-20T06:00:00Z, not '"
              + text
              + "'",
          e);
    }
  }
}
