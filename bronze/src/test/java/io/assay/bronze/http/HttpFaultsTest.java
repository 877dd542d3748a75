package io.assay.bronze.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.assay.bronze.http.Endpoints.CURSOR;
import static io.assay.bronze.http.Endpoints.millis;
import static io.assay.bronze.http.Endpoints.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.assay.batch.Account;
import io.assay.config.Connection;
import io.assay.config.HttpAuth;
import io.assay.config.HttpPaging;
import io.assay.error.ExitCode;
import io.assay.http.ApiClient;
import io.assay.http.LimitedBody;
import io.assay.testing.JsonApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an API's failures. */
class HttpFaultsTest {
  private static final JsonApi API = JsonApi.start();

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    API.reset();
  }

  @AfterAll
  static void stop() {
    API.close();
  }

  private static ResponseDefinitionBuilder well() {
    return okJson("{\"data\":[]}");
  }

  private static Connection.Http patient(long millis) {
    return Endpoints.api(
        API.url(), null, millis(millis), new Connection.Http.Breaker(1000, millis(1)));
  }

  /** Answers one after another, then the last one for ever. */
  private static void answers(ResponseDefinitionBuilder... answers) {
    String state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      String next = "after " + i;
      API.server()
          .stubFor(
              get(anyUrl())
                  .inScenario("faults")
                  .whenScenarioStateIs(state)
                  .willSetStateTo(i == answers.length - 1 ? state : next)
                  .willReturn(answers[i]));
      state = next;
    }
  }

  /** How long it takes until there is an answer. */
  private static Duration answered(Connection.Http api) {
    long start = System.nanoTime();
    assertThat(asked(client(api), URI.create(api.url()))).isEqualTo(200);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static ApiClient client(Connection.Http api) {
    return new ApiClient("api", api, Clock.systemUTC(), "nothing landed");
  }

  private static int asked(ApiClient client, URI uri) {
    return client.ask(each -> each.GET(), uri, "shown", head -> new LimitedBody(9)).status();
  }

  private static int requests() {
    return API.server().countRequestsMatching(getRequestedFor(anyUrl()).build()).getCount();
  }

  @Test
  void failuresThatPassAreWaitedForAndAnApiIsLeftAloneForAsLongAsItAsks() {
    answers(
        serverError(),
        status(503),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
        okJson("{\"data\":[1]}"));
    Endpoints endpoints = new Endpoints(folder, patient(5000));
    assertThat(endpoints.run(source("r", CURSOR)).account()).isEqualTo(Account.appended(1));
    assertThat(requests()).isEqualTo(5);

    API.reset();
    answers(status(429).withHeader("Retry-After", "1"), well());
    assertThat(answered(patient(5000))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

    API.reset();
    answers(
        status(503)
            .withHeader("Date", "Fri, 02 Jan 2026 03:04:05 GMT")
            .withHeader("Retry-After", "Fri, 02 Jan 2026 03:04:06 GMT"),
        well());
    assertThat(answered(patient(5000))).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anApiThatDoesNotRecoverWithinThePatienceEndsTheRunWithExitCode5() {
    Endpoints endpoints = new Endpoints(folder, patient(600));
    answers(serverError());
    long start = System.nanoTime();
    endpoints.assertFails(
        source("r", CURSOR),
        ExitCode.UNAVAILABLE,
        "connection 'api' does not answer: " + API.url() + "/r answers with status 500",
        "nothing of the batch landed");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(requests()).isBetween(3, 20);

    API.reset();
    answers(status(429).withHeader("Retry-After", "3600"));
    endpoints.assertFails(source("r", CURSOR), ExitCode.UNAVAILABLE, "asked again after PT1H");
    assertThat(requests()).isEqualTo(1);

    Connection.Http hasty = Endpoints.api(API.url(), millis(200), millis(1500));
    Endpoints slow = new Endpoints(folder.resolve("slow"), hasty);
    for (ResponseDefinitionBuilder late :
        List.of(
            well().withFixedDelay(5000),
            okJson("{\"data\":[1,2,3]}").withChunkedDribbleDelay(4, 5000))) {
      API.reset();
      answers(late);
      start = System.nanoTime();
      slow.assertFails(source("r", CURSOR), ExitCode.UNAVAILABLE, "no whole answer", "PT0.2S");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(requests()).as("it is asked again").isGreaterThan(1);
    }

    assertThat(endpoints.project.ledger().newestBatch()).isZero();
    assertThat(slow.project.ledger().newestBatch()).isZero();
    Endpoints nobody =
        new Endpoints(
            folder.resolve("nobody"),
            Endpoints.api(
                "http://127.0.0.1:1", null, millis(300), Connection.Http.Breaker.DEFAULT));
    start = System.nanoTime();
    nobody.assertFails(
        source("r", CURSOR), ExitCode.UNAVAILABLE, "no answer from", "127.0.0.1:1/r");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void anApiThatFailsInARowIsLeftAloneForAWhile() {
    answers(serverError());
    Endpoints endpoints =
        new Endpoints(
            folder,
            Endpoints.api(
                API.url(),
                null,
                millis(600),
                new Connection.Http.Breaker(3, Duration.ofMinutes(1))));
    endpoints.assertFails(
        source("r", CURSOR),
        ExitCode.UNAVAILABLE,
        "it failed 3 times in a row, the last time so: ",
        "status 500; it is left alone for PT1M");
    assertThat(requests()).isEqualTo(3);

    API.reset();
    answers(serverError(), serverError(), serverError(), well());
    Duration took =
        answered(
            Endpoints.api(
                API.url(), null, millis(5000), new Connection.Http.Breaker(2, millis(400))));
    assertThat(took).isGreaterThanOrEqualTo(millis(800));
    assertThat(requests()).isEqualTo(4);
  }

  @Test
  void whatAskingAgainDoesNotMendEndsTheRunAtOnce() {
    Connection.Http api =
        Endpoints.api(
            API.url(),
            new HttpAuth.Header("X-Key", "s3cret"),
            millis(5000),
            Connection.Http.Breaker.DEFAULT);
    Endpoints endpoints = new Endpoints(folder, api);
    Map<Integer, ExitCode> codes =
        Map.of(
            401, ExitCode.FAILURE,
            403, ExitCode.FAILURE,
            404, ExitCode.CONFIGURATION,
            302, ExitCode.CONFIGURATION,
            400, ExitCode.FAILURE,
            501, ExitCode.FAILURE);
    codes.forEach(
        (status, code) -> {
          API.reset();
          answers(status(status).withHeader("Location", "http://elsewhere.example.com/"));
          endpoints.assertFails(source("r", CURSOR), code, API.url() + "/r", "status " + status);
          assertThat(requests()).isEqualTo(1);
        });

    API.reset();
    // The same server under a name that is not the connection's: it would notice being asked.
    String other = API.url().replace("127.0.0.1", "localhost");
    answers(okJson("{\"data\":[1]}").withHeader("Link", "<" + other + "/x?k=1>; rel=next"));
    endpoints.assertFails(
        source("r", new HttpPaging.Link("next")),
        ExitCode.FAILURE,
        "names a next page on another server, " + other);
    assertThat(requests()).isEqualTo(1);
    answers(okJson("{\"data\":[1],\"next\":\"b\"}"));
    endpoints.assertFails(source("r", CURSOR), ExitCode.FAILURE, "goes round in circles");
    endpoints.assertFails(
        source("r", new HttpPaging.Page("page", 1, 1)),
        ExitCode.FAILURE,
        "page=2 has the same records as the page before it");
    assertThat(endpoints.project.ledger().newestBatch()).isZero();
  }

  @Test
  void tokensOfOauthAreFetchedAndRenewedAndRequestsKeepTheirRate() {
    HttpAuth oauth =
        new HttpAuth.Oauth2(API.url() + "/token", "us", "s3:cret", Optional.of("read"));
    Connection.Http slow = Endpoints.api(API.url(), oauth);
    Connection.Http api =
        new Connection.Http(
            slow.url(),
            slow.headers(),
            slow.auth(),
            slow.timeout(),
            slow.patience(),
            slow.retry(),
            slow.breaker(),
            Optional.of(new Connection.Http.Rate(2, millis(500))));
    API.server()
        .stubFor(
            post(urlEqualTo("/token"))
                .withBasicAuth("us", "s3%3Acret")
                .withFormParam("grant_type", equalTo("client_credentials"))
                .withFormParam("scope", equalTo("read"))
                .willReturn(okJson("{\"access_token\":\"a\",\"expires_in\":3600}")));
    API.server().stubFor(get(anyUrl()).willReturn(status(401)));
    API.server()
        .stubFor(get(anyUrl()).withHeader("Authorization", equalTo("Bearer a")).willReturn(well()));
    ApiClient client = client(api);
    URI uri = URI.create(API.url() + "/r");
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      assertThat(asked(client, uri)).isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(millis(400));

    API.server().resetAll();
    API.server()
        .stubFor(any(urlPathEqualTo("/token")).willReturn(okJson("{\"access_token\":\"b\"}")));
    API.server().stubFor(get(urlEqualTo("/r")).willReturn(status(401)));
    API.server()
        .stubFor(
            get(urlEqualTo("/r"))
                .withHeader("Authorization", equalTo("Bearer b"))
                .willReturn(well()));
    assertThat(asked(client, uri)).isEqualTo(200);
    API.server().verify(1, postRequestedFor(urlEqualTo("/token")));

    API.server().resetAll();
    API.server().stubFor(post(urlEqualTo("/token")).willReturn(status(400)));
    Endpoints endpoints = new Endpoints(folder, api);
    endpoints.assertFails(
        source("r", CURSOR), ExitCode.FAILURE, "connection 'api' gets no token", "status 400");
    assertThat(List.of(api.toString())).noneMatch(text -> text.contains("s3:cret"));
  }
}
