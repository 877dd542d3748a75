package io.assay.gold.publish;

import io.assay.config.Connection;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Patience;
import java.io.Closeable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server of Redis that a connection names, asked within its patience. No message holds a row. */
final class RedisServer implements Closeable {
  private static final int PORT = 6379;

  private final String name;
  private final Connection.Redis connection;
  private final Patience patience;
  private redis.clients.jedis.Connection opened;

  /**
   * @param name the connection's
   */
  RedisServer(String name, Connection.Redis connection) {
    this.name = name;
    this.connection = connection;
    this.patience = new Patience(connection.patience());
  }

  /** The texts that a command answers with; a null where there is none. */
  List<String> texts(Command command, List<String> arguments) {
    return ((List<?>) ask(command, arguments)).stream().map(RedisServer::text).toList();
  }

  /**
   * One page of the names that fit a pattern.
   *
   * @return the next cursor first; "0" behind the last page
   */
  List<String> scan(String cursor, String pattern) {
    List<?> answer =
        (List<?>) ask(Command.SCAN, List.of(cursor, "MATCH", pattern, "COUNT", "1000"));
    List<String> page = new ArrayList<>();
    page.add(text(answer.get(0)));
    ((List<?>) answer.get(1)).forEach(key -> page.add(text(key)));
    return page;
  }

  /**
   * What a script answers, a number.
   *
   * @throws AssayException with exit code 5 if another delivery has overtaken this one, or the
   *     server does not answer
   */
  long run(String script, List<String> keys, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of(script, Integer.toString(keys.size())));
    all.addAll(keys);
    all.addAll(arguments);
    return (Long) ask(Command.EVAL, all);
  }

  private Object ask(Command command, List<String> arguments) {
    return patience.ask(
        () -> {
          try {
            if (opened == null) {
              opened = open();
            }
            CommandArguments all = new CommandArguments(command);
            arguments.forEach(all::add);
            return opened.executeCommand(all);
          } catch (JedisConnectionException e) {
            close();
            throw new AssayException(
                ExitCode.UNAVAILABLE,
                "connection '%s' does not answer: %s. Rows that were written stay; run again"
                    .formatted(name, e.getMessage()),
                e);
          } catch (JedisDataException e) {
            close();
            throw meaning(e);
          }
        });
  }

  private AssayException meaning(JedisDataException failure) {
    String told = String.valueOf(failure.getMessage());
    if (told.startsWith(RedisScripts.SUPERSEDED)
        || told.startsWith("LOADING")
        || told.startsWith("BUSY")
        || told.startsWith("READONLY")) {
      return new AssayException(
          ExitCode.UNAVAILABLE,
          "connection '%s' does not take rows now: %s. Run again".formatted(name, told),
          failure);
    } else if (told.contains(RedisScripts.FOREIGN)) {
      return new AssayException(
          ExitCode.FAILURE,
          "connection '%s' has a name that a row needs and that was not published here: give another prefix, or remove it"
              .formatted(name),
          failure);
    } else if (failure instanceof JedisAccessControlException || told.startsWith("NOAUTH")) {
      return new AssayException(
          ExitCode.FAILURE,
          "connection '%s' refuses us: %s. Correct user and password in assay.yaml, or have the rights given"
              .formatted(name, told),
          failure);
    }
    return new AssayException(
        ExitCode.FAILURE,
        "connection '%s' refuses the rows: %s".formatted(name, told.lines().findFirst().orElse("")),
        failure);
  }

  private redis.clients.jedis.Connection open() {
    URI uri = URI.create(connection.url());
    String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
    int timeout = Math.toIntExact(connection.timeout().toMillis());
    DefaultJedisClientConfig.Builder told =
        DefaultJedisClientConfig.builder()
            .clientName("assay")
            .ssl(uri.getScheme().equals("rediss"))
            .database(path.isEmpty() ? 0 : Integer.parseInt(path))
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout);
    connection.user().ifPresent(told::user);
    connection.password().ifPresent(told::password);
    return new redis.clients.jedis.Connection(
        new HostAndPort(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort()), told.build());
  }

  private static String text(Object answer) {
    return answer == null ? null : new String((byte[]) answer, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
