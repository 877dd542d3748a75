package io.assay.config;

import io.assay.document.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Something outside that datasets name: declared once, per environment. One record per kind. */
public sealed interface Connection
    permits Connection.Store, Connection.Kafka, Connection.Jdbc, Connection.Http, Connection.Redis {

  /** A file store. */
  @Setting("A file store: a folder on any Hadoop file system.")
  record Store(
      @Setting(
              "The folder below which the datasets' paths lie: a URI, or a path; a relative one"
                  + " starts at the project's folder.")
          String root,
      @Setting("Hadoop settings for this store, such as fs.s3a.endpoint. Secrets by reference.")
          Map<String, String> options)
      implements Connection {

    /** The values of options may be secrets, and a root may hold a password. */
    @Override
    public String toString() {
      return "Store[root=" + Redaction.uri(root) + ", options=" + options.keySet() + "]";
    }
  }

  /** A Kafka cluster. */
  @Setting("A Kafka cluster.")
  record Kafka(
      @Setting("Some of its brokers, as host:port with commas between them.") String brokers,
      @Setting(
              "Settings of Kafka's clients by Kafka's own names, such as security.protocol. Secrets"
                  + " by reference.")
          Map<String, String> options,
      @Setting("The registry of the schemas of messages in Avro.") Optional<Registry> registry,
      @Setting(
              value =
                  "How long a cluster that does not answer is waited for before the run ends with"
                      + " exit code 5.",
              otherwise = "PT1M")
          Duration patience)
      implements Connection {

    /** The values of options may be secrets. */
    @Override
    public String toString() {
      return "Kafka[brokers=%s, options=%s, registry=%s, patience=%s]"
          .formatted(brokers, options.keySet(), registry, patience);
    }
  }

  /** A registry of schemas, with the interface of Confluent's. */
  record Registry(
      @Setting("Its root, such as https://schemas.example.com.") String url,
      @Setting("Who asks, where it wants to know.") Optional<String> user,
      @Setting("The user's password, by reference.") Optional<String> password) {

    /** A root may hold a password, too. */
    @Override
    public String toString() {
      return "Registry[url=" + Redaction.uri(url) + "]";
    }
  }

  /** A database. */
  @Setting("A database of PostgreSQL, MariaDB or MySQL.")
  record Jdbc(
      @Setting(
              "Where it is: jdbc:postgresql://HOST/DATABASE, or jdbc:mariadb://HOST/DATABASE, which"
                  + " MySQL answers, too.")
          String url,
      @Setting("Who asks.") Optional<String> user,
      @Setting("The user's password, by reference.") Optional<String> password,
      @Setting("Properties of the driver by its own names, such as sslmode. Secrets by reference.")
          Map<String, String> options,
      @Setting(
              value =
                  "How long a database that does not answer is waited for before the run ends with"
                      + " exit code 5.",
              otherwise = "PT1M")
          Duration patience)
      implements Connection {

    /** The values of options may be secrets. */
    @Override
    public String toString() {
      return "Jdbc[url=%s, options=%s, patience=%s]"
          .formatted(Redaction.uri(url), options.keySet(), patience);
    }
  }

  /** A server of Redis. */
  @Setting("A server of Redis, or of what speaks its protocol.")
  record Redis(
      @Setting("Where it is: redis://HOST:PORT/DATABASE, or rediss:// with TLS.") String url,
      @Setting("Who asks.") Optional<String> user,
      @Setting("The user's password, by reference.") Optional<String> password,
      @Setting(value = "How long one answer may take.", otherwise = "PT10S") Duration timeout,
      @Setting(
              value =
                  "How long a server that does not answer is waited for before the run ends with"
                      + " exit code 5.",
              otherwise = "PT1M")
          Duration patience)
      implements Connection {

    /** A password is among its components. */
    @Override
    public String toString() {
      return "Redis[url=%s, timeout=%s, patience=%s]"
          .formatted(Redaction.uri(url), timeout, patience);
    }
  }

  /** An HTTP API. */
  @Setting("An HTTP API.")
  record Http(
      @Setting("What is before the datasets' paths, such as https://api.example.com/v1.")
          String url,
      @Setting("Headers that are sent with every request.") Map<String, String> headers,
      @Setting("How we prove who we are. Without it we do not.") Optional<HttpAuth> auth,
      @Setting(
              value =
                  "How long one answer may take, with its whole body, before it is asked again.",
              otherwise = "PT30S")
          Duration timeout,
      @Setting(
              value =
                  "How long an API that does not answer, or only with failures, is asked again"
                      + " before the run ends with exit code 5.",
              otherwise = "PT2M")
          Duration patience,
      @Setting("How long is waited before it is asked again; twice as long each time.") Retry retry,
      @Setting("When an API that fails is left alone for a while.") Breaker breaker,
      @Setting("The most requests in a time, of each run of a dataset's job.") Optional<Rate> rate)
      implements Connection {

    /** Headers may be secrets. */
    @Override
    public String toString() {
      return "Http[url=%s, headers=%s, auth=%s, timeout=%s, patience=%s, retry=%s, breaker=%s, rate=%s]"
          .formatted(
              Redaction.uri(url), headers.keySet(), auth, timeout, patience, retry, breaker, rate);
    }

    /** Waits between requests; a random fifth is added or taken off. */
    public record Retry(
        @Setting("The first wait.") Duration first,
        @Setting("The longest wait. What an answer says by Retry-After may be longer.")
            Duration longest) {
      public static final Retry DEFAULT = new Retry(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /** When requests stop for a while. */
    public record Breaker(
        @Setting("After how many failures in a row.") int failures,
        @Setting("For how long; then one request is tried.") Duration pause) {
      public static final Breaker DEFAULT = new Breaker(10, Duration.ofSeconds(30));
    }

    /** A number of requests in a time. */
    public record Rate(
        @Setting("How many.") int requests,
        @Setting(value = "In which time.", otherwise = "PT1S") Duration per) {}
  }
}
