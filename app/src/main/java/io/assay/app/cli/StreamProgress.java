package io.assay.app.cli;

import io.assay.app.stream.QueryStatus;
import io.assay.app.stream.QueryStatus.Standing;
import io.assay.app.stream.QueryStatus.State;
import io.assay.app.stream.StreamListener;
import io.assay.job.JobReport;
import java.util.List;
import java.util.Locale;

/** Tells of a stream on standard error while it runs, and on standard out how it ended. */
final class StreamProgress implements StreamListener {
  private final Console console;

  StreamProgress(Console console) {
    this.console = console;
  }

  void say(String what) {
    console.err().println("assay stream: " + what);
  }

  void began(List<QueryStatus> queries) {
    queries.forEach(
        query ->
            say(
                String.format(
                    Locale.ROOT, "%s every %.0f s", query.query(), query.everySeconds())));
  }

  @Override
  public void did(JobReport report) {
    console.err().println(report.line());
  }

  @Override
  public void changed(QueryStatus status) {
    Standing standing = status.standing();
    String count =
        standing.state() == State.RETRYING
            ? " " + standing.failures() + "/" + standing.failureLimit()
            : "";
    say(
        status.query()
            + " is "
            + standing.state().label()
            + count
            + standing.reason().map(reason -> ": " + reason).orElse(""));
  }

  /** A line for each query. */
  void summary(List<QueryStatus> queries) {
    for (QueryStatus query : queries) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%-30s %-10s %,d rows applied, %,d quarantined%s%n",
              query.query(),
              query.standing().state().label(),
              query.progress().applied(),
              query.progress().quarantined(),
              query.standing().reason().map(reason -> "; " + reason).orElse(""));
    }
  }
}
