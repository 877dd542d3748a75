package io.assay.gold.publish;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.config.HttpAuth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An API that rows are sent to, and what it was asked. */
final class ReceivingApi implements AutoCloseable {
  /** The header that names a request. */
  static final String NAME = "Idempotency-Key";

  /** More than a busy machine needs for an answer. */
  static final Duration LONG = Duration.ofMinutes(1);

  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  ReceivingApi() {
    server.start();
  }

  String url() {
    return server.baseUrl();
  }

  /** Two rows to a request. */
  static Destination destination() {
    return new Destination.Http("api", "people/batch", Destination.Http.Method.PUT, 2, NAME);
  }

  Connection connection(Duration patience) {
    return new Connection.Http(
        url() + "/v1/",
        Map.of("X-Shop", "s"),
        Optional.of(new HttpAuth.Bearer("t0p-secret")),
        LONG,
        patience,
        new Connection.Http.Retry(Duration.ofMillis(20), Duration.ofMillis(50)),
        Connection.Http.Breaker.DEFAULT,
        Optional.empty());
  }

  /** Forgets what it was asked, and answers one after another, then the last one for ever. */
  void forgetsAndAnswers(ResponseDefinitionBuilder... answers) {
    server.resetAll();
    answers(answers);
  }

  /** Answers one after another, then the last one for ever. */
  void answers(ResponseDefinitionBuilder... answers) {
    server.resetScenarios();
    String state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      String next = i == answers.length - 1 ? state : "after " + i;
      server.stubFor(
          any(anyUrl())
              .withHeader("Authorization", equalTo("Bearer t0p-secret"))
              .inScenario("answers")
              .whenScenarioStateIs(state)
              .willSetStateTo(next)
              .willReturn(answers[i]));
      state = next;
    }
  }

  List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  void forget() {
    server.resetRequests();
  }

  List<String> names() {
    return requests().stream().map(request -> request.getHeader(NAME)).toList();
  }

  /** The rows that an API holds which takes each request once, of those that it did not refuse. */
  Map<String, String> held() {
    List<LoggedRequest> taken = new ArrayList<>();
    for (ServeEvent event : server.getAllServeEvents()) {
      if (event.getResponse().getStatus() == 200) {
        taken.add(0, event.getRequest());
      }
    }
    return HeldRows.after(taken, NAME);
  }

  @Override
  public void close() {
    server.stop();
  }
}
