package io.assay.gold.publish;

import static org.apache.spark.sql.functions.col;

import io.assay.batch.BatchLedger;
import io.assay.batch.CommitSeam;
import io.assay.batch.FinishedBatch;
import io.assay.batch.LedgerJson;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.gold.publish.SentRequests.Sent;
import io.assay.http.Answer;
import io.assay.http.ApiClient;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * An HTTP API. Rows go out in the order of their keys, so many to a request, each request under a
 * name that follows from what it holds: one that is sent again, after a failure or a crash, is the
 * same under the same name. What an API holds it does not tell, so the ledger does.
 */
final class HttpReceiver implements Receiver {
  private static final String STEP = "SEND";

  private final JobContext context;
  private final TableName publication;
  private final PublishDefinition definition;
  private final Destination.Http to;
  private final BatchLedger ledger;
  private final SentRequests sent;
  private final ApiClient client;
  private final URI uri;

  HttpReceiver(
      JobContext context,
      TableName publication,
      PublishDefinition definition,
      Destination.Http to,
      Connection.Http connection) {
    this.context = context;
    this.publication = publication;
    this.definition = definition;
    this.to = to;
    var configuration = context.spark().sessionState().newHadoopConf();
    this.ledger = new BatchLedger(context.project().warehouse(), publication, configuration);
    this.sent = new SentRequests(ledger.root(), configuration);
    this.client =
        new ApiClient(
            to.connection(),
            connection,
            context.clock(),
            "requests that were not answered are sent again under the same names");
    this.uri =
        URI.create(
            connection.url().replaceAll("/+$", "")
                + (to.path().startsWith("/") ? "" : "/")
                + to.path());
  }

  @Override
  public Form form() {
    return JsonRows.form(definition);
  }

  /** What the newest finished batch delivered. */
  @Override
  public Optional<Position> position() {
    return ledger.lastDone().map(HttpReceiver::position);
  }

  private static Position position(FinishedBatch done) {
    TableRange range = done.intent().input().ranges().get(0);
    return new Position(
        range.tableId(),
        range.upTo(),
        PublishDefinition.read(done.intent().configuration()).rows(),
        done.intent().batch(),
        Counts.NONE);
  }

  /** Unless no request was sent: then the next batch may be another. */
  @Override
  public boolean reached(Position until) {
    return noted(until).isPresent();
  }

  @Override
  public boolean refused(Position until) {
    return noted(until).filter(Sent::refused).isPresent();
  }

  private Optional<Sent> noted(Position until) {
    return sent.read().filter(noted -> noted.batch() == until.batch());
  }

  /** Of batches that were done, all requests were taken. */
  @Override
  public Optional<Begun> begun(Position until) {
    Optional<Sent> own = noted(until);
    if (own.isPresent()) {
      return own.get().earlier();
    }
    long done = position().map(Position::batch).orElse(0L);
    return sent.read().filter(noted -> noted.batch() > done).map(Sent::begun);
  }

  @Override
  public Counts take(Delivery delivery) {
    String content =
        LedgerJson.hash(
            LedgerJson.tree(
                List.of(
                    context.project().settings().project(),
                    publication,
                    delivery.until().tableId(),
                    delivery.until().version(),
                    delivery.until().definition(),
                    delivery.whole(),
                    delivery.from().map(Position::batch),
                    delivery.begun(),
                    to.rows())));
    Sent start =
        new Sent(
            delivery.until().batch(),
            content,
            0,
            false,
            delivery.begun(),
            Begun.with(delivery.begun(), delivery.until()));
    long taken =
        noted(delivery.until())
            .filter(noted -> noted.delivery().equals(content))
            .map(Sent::taken)
            .orElse(0L);
    Iterator<Row> rows = inOrder(delivery);
    long requests = (delivery.coming() + delivery.going() + to.rows() - 1) / to.rows();
    // That there are no rows is told, too, where all of them go out.
    requests = delivery.whole() ? Math.max(1, requests) : requests;
    for (long number = 1; number <= requests; number++) {
      String body = body(rows, delivery.until().version());
      if (number > taken) {
        Request request = new Request(delivery, start.after(number - 1), requests, body);
        sent.write(request.before());
        context.seam().commit(new CommitSeam.Point(publication, STEP), () -> send(request));
        sent.write(start.after(number));
      }
    }
    return new Counts(delivery.coming(), delivery.going(), 0);
  }

  private Iterator<Row> inOrder(Delivery delivery) {
    Column[] order =
        StagedDelivery.keys(form()).stream().map(name -> col(name)).toArray(Column[]::new);
    return delivery.dataset(context.spark()).orderBy(order).toLocalIterator();
  }

  private String body(Iterator<Row> rows, long version) {
    List<String> elements = new ArrayList<>();
    while (elements.size() < to.rows() && rows.hasNext()) {
      Row row = rows.next();
      elements.add(JsonRows.element(version, row.getString(0), row.getString(1)));
    }
    return "[" + String.join(",\n", elements) + "]";
  }

  /**
   * One request.
   *
   * @param before how far the delivery has come before it
   */
  private record Request(Delivery delivery, Sent before, long requests, String body) {
    /** From 1. */
    long number() {
      return before.taken() + 1;
    }

    String name() {
      return before.delivery().substring(0, 32) + "-" + number();
    }
  }

  private void send(Request request) {
    Answer<Void> answer =
        client.ask(
            builder ->
                builder
                    .setHeader("Content-Type", "application/json")
                    .setHeader(to.idempotencyHeader(), request.name())
                    .setHeader("Assay-Publication", publication.name())
                    .setHeader("Assay-Version", Long.toString(request.delivery().until().version()))
                    .setHeader("Assay-Rows", request.delivery().whole() ? "all" : "changes")
                    .setHeader(
                        "Assay-Request", "%d/%d".formatted(request.number(), request.requests()))
                    .method(
                        to.method().name(), HttpRequest.BodyPublishers.ofString(request.body())),
            uri,
            uri.toString(),
            HttpResponse.BodyHandlers.discarding());
    if (!answer.isGood()) {
      sent.write(request.before().refusal());
      throw refused(answer.status(), request);
    }
  }

  private AssayException refused(int status, Request request) {
    boolean misplaced = status == 404 || status == 405 || status >= 300 && status < 400;
    String what =
        switch (status) {
          case 401, 403 -> "Correct its auth in assay.yaml, or have the rights given";
          case 404, 405 -> "Correct path and method of the publication, or the connection's url";
          default ->
              misplaced
                  ? "Redirects are not followed; give the right url"
                  : "Ask the API for the reason by the request's name; the next run sends the mart as it is then";
        };
    return new AssayException(
        misplaced ? ExitCode.CONFIGURATION : ExitCode.FAILURE,
        "connection '%s' refuses request %d of %d of %s, version %d: %s answers with status %d (%s: %s). %s"
            .formatted(
                to.connection(),
                request.number(),
                request.requests(),
                publication,
                request.delivery().until().version(),
                uri,
                status,
                to.idempotencyHeader(),
                request.name(),
                what));
  }

  @Override
  public void close() {
    // The client has no session; its threads end with it.
  }
}
