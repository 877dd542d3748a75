package io.assay.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.assay.document.Setting;
import java.time.Duration;
import java.util.Optional;

/** Where a mart is published. One record per kind; it holds no secret. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Destination.Postgres.class, name = "postgres"),
  @JsonSubTypes.Type(value = Destination.Http.class, name = "http"),
  @JsonSubTypes.Type(value = Destination.Redis.class, name = "redis")
})
public sealed interface Destination
    permits Destination.Postgres, Destination.Http, Destination.Redis {

  /** The connection's name. */
  String connection();

  /** The place in it: rows in another one are other rows. */
  String place();

  /** A table of PostgreSQL. */
  @Setting("A table of PostgreSQL: a row for each row of the mart.")
  record Postgres(
      @Setting("The database, one of connections, of kind jdbc.") String connection,
      @Setting("The table, such as public.customers. It is made where there is none.") String table,
      @Setting(
              value =
                  "Whether a table that holds rows already is taken over at the first time: those"
                      + " that the mart does not have are deleted.",
              otherwise = "false")
          boolean adopt)
      implements Destination {

    @Override
    public String place() {
      return table;
    }
  }

  /** Hashes of Redis. */
  @Setting("Redis: a hash for each row of the mart, PREFIX:KEY.")
  record Redis(
      @Setting("The server, one of connections, of kind redis.") String connection,
      @Setting("What the names of its hashes begin with. No other publication there has it.")
          String prefix,
      @Setting(
              "After what time a row goes that was not published again. With mode: all each new"
                  + " version of the mart renews every row.")
          Optional<Duration> expire)
      implements Destination {

    @Override
    public String place() {
      return prefix;
    }
  }

  /** An HTTP API. */
  @Setting("An HTTP API: rows are sent as arrays of JSON.")
  record Http(
      @Setting("The API, one of connections, of kind http.") String connection,
      @Setting("The path that is sent to, below the connection's url.") String path,
      @Setting(value = "How rows are sent.", otherwise = "post") Method method,
      @Setting(value = "The most rows of one request.", otherwise = "500") int rows,
      @Setting(
              value =
                  "The header that names a request: one that is sent again has the same name and"
                      + " content.",
              otherwise = "Idempotency-Key")
          String idempotencyHeader)
      implements Destination {

    @Override
    public String place() {
      return path;
    }

    /** A method of HTTP. */
    public enum Method {
      POST,
      PUT,
      PATCH
    }
  }
}
