package io.assay.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.app.operate.TextTable;
import io.assay.app.stream.Query;
import io.assay.app.stream.QueryStatus;
import io.assay.app.stream.QueryStatus.Lag;
import io.assay.app.stream.QueryStatus.Progress;
import io.assay.app.stream.QueryStatus.Standing;
import io.assay.app.stream.QueryStatus.State;
import io.assay.app.stream.StreamPlan;
import io.assay.app.stream.StreamStatus;
import io.assay.config.Project;
import io.assay.job.ProcessContext;
import io.assay.table.TableName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What {@code status} says of a continuous dataset or mart.
 *
 * @param told what its stream told last; empty if there was none
 * @param notRunningSince empty if the stream runs, or there was none
 * @param now when this is said
 */
record StreamedQuery(
    Query query, Optional<QueryStatus> told, Optional<Instant> notRunningSince, Instant now) {
  private static final List<String> HEADER =
      List.of(
          "continuous",
          "state",
          "since (UTC)",
          "last batch (UTC)",
          "applied",
          "lag, rows",
          "lag, files",
          "lag, seconds");
  private static final boolean[] RIGHT = {false, false, false, false, true, true, true, true};
  private static final String NOT_RUNNING = "not running";

  /** What is continuous, by the name of its last table. Needs no Spark. */
  static Map<TableName, StreamedQuery> of(Project project, Configuration configuration) {
    Clock clock = ProcessContext.clock();
    List<StreamStatus> streams = StreamStatus.of(project, configuration);
    Map<TableName, StreamedQuery> all = new LinkedHashMap<>();
    for (Query query : StreamPlan.everything(project).queries()) {
      Optional<StreamStatus> stream =
          streams.stream().filter(each -> each.query(query).isPresent()).findFirst();
      all.put(
          query.name(),
          new StreamedQuery(
              query,
              stream.flatMap(each -> each.query(query)),
              stream.flatMap(each -> each.notRunningSince(clock)),
              clock.instant()));
    }
    return all;
  }

  /** A table with a line for each, and why those that are in trouble are. */
  static void write(Collection<StreamedQuery> queries, PrintStream out) throws IOException {
    if (queries.isEmpty()) {
      return;
    }
    out.println();
    TextTable.write(HEADER, queries.stream().map(StreamedQuery::line).toList(), RIGHT, out);
    for (StreamedQuery query : queries) {
      query
          .told()
          .flatMap(status -> status.standing().reason())
          .ifPresent(reason -> out.println("\n" + query.query().name() + ": " + reason));
    }
  }

  private boolean runs() {
    return told.isPresent() && notRunningSince.isEmpty();
  }

  private String state() {
    return told.map(QueryStatus::standing)
        .filter(standing -> runs() || standing.state() == State.FAILED)
        .map(
            standing ->
                standing.state().label()
                    + (standing.state() == State.RETRYING
                        ? " %d/%d".formatted(standing.failures(), standing.failureLimit())
                        : ""))
        .orElse(NOT_RUNNING);
  }

  private Optional<Instant> since() {
    return notRunningSince.or(() -> told.map(status -> status.standing().since()));
  }

  /** Readers see everything that was at the source so long ago. */
  private Optional<Long> lagSeconds() {
    return told.flatMap(status -> status.progress().caughtUpAt())
        .map(at -> Math.max(0, Duration.between(at, now).toSeconds()));
  }

  private Optional<Lag> lag() {
    return told.flatMap(QueryStatus::lag);
  }

  private String[] line() {
    Optional<Progress> progress = told.map(QueryStatus::progress);
    return new String[] {
      query.name().toString(),
      state(),
      time(since()),
      time(progress.flatMap(Progress::lastBatchAt)),
      number(progress.map(Progress::applied)),
      number(lag().flatMap(Lag::rows)),
      number(lag().flatMap(Lag::files)),
      number(lagSeconds())
    };
  }

  private static String number(Optional<Long> number) {
    return number.map(value -> String.format(Locale.ROOT, "%,d", value)).orElse("");
  }

  private static String time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
        .map(text -> text.replace("Z", "").replace('T', ' '))
        .orElse("");
  }

  /** The stable JSON shape; see the reference of commands. */
  ObjectNode json() {
    Optional<Standing> standing = told.map(QueryStatus::standing);
    Optional<Progress> progress = told.map(QueryStatus::progress);
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("state", runs() ? standing.map(s -> s.state().label()).orElse("") : "not_running")
            .put("since", text(since()))
            .put("last_state", standing.map(last -> last.state().label()).orElse(null))
            .put("reason", standing.flatMap(Standing::reason).orElse(null))
            .put("failures", standing.map(Standing::failures).orElse(0))
            .put("failure_limit", standing.map(Standing::failureLimit).orElse(null))
            .put("every_seconds", query.every().toMillis() / 1000.0)
            .put("applied", progress.map(Progress::applied).orElse(0L))
            .put("quarantined", progress.map(Progress::quarantined).orElse(0L))
            .put("last_batch_at", text(progress.flatMap(Progress::lastBatchAt)))
            .put("caught_up_at", text(progress.flatMap(Progress::caughtUpAt)));
    return node.put("lag_seconds", lagSeconds().orElse(null))
        .put("lag_rows", lag().flatMap(Lag::rows).orElse(null))
        .put("lag_files", lag().flatMap(Lag::files).orElse(null))
        .put("lag_measured_at", text(lag().map(Lag::measuredAt)));
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
