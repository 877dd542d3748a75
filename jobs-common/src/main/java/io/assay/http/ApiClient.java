package io.assay.http;

import io.assay.config.Connection;
import io.assay.config.HttpAuth;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Asks an API as its connection says: with its headers and credentials, not too often, again after
 * failures that may pass, and not at all for a while after many of them.
 */
public final class ApiClient {
  private static final double GROWTH = 2;
  private static final double JITTER = 0.2;

  private final String name;
  private final Connection.Http connection;
  private final String consequence;
  private final Transport transport;
  private final Credentials credentials;
  private final CircuitBreaker breaker;
  private final Optional<RateLimiter> limiter;
  private final IntervalFunction backoff;
  private String lastFailure = "";

  /**
   * @param name the connection's
   * @param consequence of no answer, for people: what became of the work
   */
  public ApiClient(String name, Connection.Http connection, Clock clock, String consequence) {
    this.name = name;
    this.consequence = consequence;
    this.connection = connection;
    this.transport = new Transport(name, connection, clock);
    this.credentials =
        new Credentials(
            connection.auth(),
            connection
                .auth()
                .filter(HttpAuth.Oauth2.class::isInstance)
                .map(way -> new AccessToken(name, (HttpAuth.Oauth2) way, transport, clock)));
    this.breaker = breaker(name, connection.breaker());
    this.limiter = connection.rate().map(this::limiter);
    this.backoff =
        IntervalFunction.ofExponentialRandomBackoff(
            connection.retry().first().toMillis(),
            GROWTH,
            JITTER,
            connection.retry().longest().toMillis());
  }

  private static CircuitBreaker breaker(String name, Connection.Http.Breaker limits) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(limits.failures())
            .minimumNumberOfCalls(limits.failures())
            .failureRateThreshold(100)
            .waitDurationInOpenState(limits.pause())
            .permittedNumberOfCallsInHalfOpenState(1)
            .ignoreException(e -> !(e instanceof Unanswered unanswered && unanswered.isFailure()))
            .build());
  }

  private RateLimiter limiter(Connection.Http.Rate rate) {
    return RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(rate.requests())
            .limitRefreshPeriod(rate.per())
            .timeoutDuration(connection.patience())
            .build());
  }

  /** The connection's name. */
  public String name() {
    return name;
  }

  /**
   * The answer; one that may pass is asked for again.
   *
   * @param request adds what is asked, and may be asked again; the connection's headers win
   * @param shown the URL for messages
   * @param body takes the answer's
   * @throws AssayException with exit code 5 if there is no answer within the connection's patience
   */
  public <B> Answer<B> ask(
      UnaryOperator<HttpRequest.Builder> request, URI uri, String shown, BodyHandler<B> body) {
    long deadline = System.nanoTime() + connection.patience().toNanos();
    Retry retry = retry(deadline);
    try {
      return retry.executeCallable(
          () -> breaker.executeCallable(() -> answer(request, uri, shown, body)));
    } catch (Unanswered e) {
      throw silence(e.getMessage(), e);
    } catch (CallNotPermittedException e) {
      throw silence(
          "it failed %d times in a row, the last time so: %s; it is left alone for %s then (breaker)"
              .formatted(
                  connection.breaker().failures(), lastFailure, connection.breaker().pause()),
          e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private AssayException silence(String last, Throwable cause) {
    return new AssayException(
        ExitCode.UNAVAILABLE,
        "connection '%s' does not answer: %s. It was asked for up to %s; %s, so run again later"
            .formatted(name, last, connection.patience(), consequence),
        cause);
  }

  private Retry retry(long deadline) {
    return Retry.of(
        name,
        RetryConfig.custom()
            .maxAttempts(Integer.MAX_VALUE)
            .retryOnException(failure -> isWorthWaiting(failure, left(deadline)))
            .intervalBiFunction(
                (attempt, outcome) ->
                    pause(outcome.getLeft())
                        .map(Duration::toMillis)
                        .orElseGet(
                            () ->
                                Math.max(
                                    1,
                                    Math.min(backoff.apply(attempt), left(deadline).toMillis()))))
            .build());
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private static boolean isWorthWaiting(Throwable failure, Duration left) {
    return (failure instanceof Unanswered || failure instanceof CallNotPermittedException)
        && !left.isNegative()
        && pause(failure).map(pause -> pause.compareTo(left) <= 0).orElse(true);
  }

  private static Optional<Duration> pause(Throwable failure) {
    return failure instanceof Unanswered unanswered ? unanswered.pause() : Optional.empty();
  }

  private <B> Answer<B> answer(
      UnaryOperator<HttpRequest.Builder> request, URI uri, String shown, BodyHandler<B> body) {
    if (limiter.isPresent() && !limiter.get().acquirePermission()) {
      throw new Unanswered(
          "the connection's rate leaves no time for " + shown, Optional.empty(), false, null);
    }
    try {
      Answer<B> answer = once(request, uri, shown, body);
      if (answer.status() == 401 && credentials.renew()) {
        answer = once(request, uri, shown, body);
      }
      Unanswered.check(answer, shown);
      return answer;
    } catch (Unanswered e) {
      lastFailure = e.getMessage();
      throw e;
    }
  }

  private <B> Answer<B> once(
      UnaryOperator<HttpRequest.Builder> shape, URI uri, String shown, BodyHandler<B> body) {
    HttpRequest.Builder request;
    try {
      request =
          shape.apply(
              HttpRequest.newBuilder()
                  .uri(credentials.signed(uri))
                  .header("Accept", "application/json"));
      connection.headers().forEach(request::setHeader);
      credentials.sign(request);
    } catch (IllegalArgumentException e) {
      // Its message would show the header or URL that cannot be sent, with what is secret in it.
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "connection '%s' has a url, header or key that cannot be sent with HTTP".formatted(name));
    }
    return transport.send(request.build(), uri, shown, body);
  }
}
