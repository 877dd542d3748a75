package io.assay.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.batch.Account;
import io.assay.batch.BatchResult;
import io.assay.error.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a job did and how long it took, as a run tells it.
 *
 * @param took from the job's start to its end; zero if it did not start
 */
public record JobReport(BatchResult result, Duration took) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs the job and times it. A failure is a result too; see {@link JobExecution}. */
  public static JobReport of(Job job, JobContext context) {
    return of(job, context, Backoff.NONE);
  }

  /** The same, but a source that does not answer is asked again; waiting counts as time. */
  public static JobReport of(Job job, JobContext context, Backoff backoff) {
    Instant start = context.clock().instant();
    BatchResult result = new JobExecution(context).run(job, backoff);
    return new JobReport(result, Duration.between(start, context.clock().instant()));
  }

  /** The line, and a line below it for each note. */
  public String text() {
    StringBuilder text = new StringBuilder(line());
    result.notes().forEach(note -> text.append("\n    ").append(note));
    return text.toString();
  }

  /** One line: table, outcome, rows, seconds. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-30s %-10s %-40s %7.1f s",
        result.table(),
        result.outcome().label(),
        rows(),
        took.toMillis() / 1000.0);
  }

  /** The stable JSON shape of a result; see the reference of commands. */
  public ObjectNode json() {
    ObjectNode node =
        JSON.createObjectNode()
            .put("table", result.table().toString())
            .put("outcome", result.outcome().label())
            .put("exit_code", result.exitCode().number());
    result.account().addTo(node);
    if (result.version().isPresent()) {
      node.put("version", result.version().getAsLong());
    } else {
      node.putNull("version");
    }
    node.put("seconds", took.toMillis() / 1000.0);
    result.notes().forEach(node.putArray("notes")::add);
    return node;
  }

  /** What the job alone would end a process with. */
  public ExitCode exitCode() {
    return result.exitCode();
  }

  private String rows() {
    Account account = result.account();
    List<String> terms = new ArrayList<>();
    add(terms, account.applied(), "applied");
    add(terms, account.quarantined(), "quarantined");
    add(terms, account.filtered(), "filtered");
    add(terms, account.unchanged(), "unchanged");
    add(terms, account.superseded(), "superseded");
    add(terms, account.duplicate(), "duplicate");
    return String.join(", ", terms);
  }

  private static void add(List<String> terms, long rows, String term) {
    if (rows > 0) {
      terms.add(String.format(Locale.ROOT, "%,d %s", rows, term));
    }
  }
}
