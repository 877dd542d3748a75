package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.ContractColumn;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a mart's publications must be beyond their shapes. A null was reported before. */
final class PublicationCheck {
  private static final int POSTGRES_NAME = 63;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

  private final Reading reading;
  private final Mapping document;
  private final Contract contract;
  private final Map<String, Mapping> connections;

  /**
   * @param document the mart's {@code pipeline.yaml}
   * @param contract the mart's
   * @param connections as written, by name
   */
  PublicationCheck(
      Reading reading, Mapping document, Contract contract, Map<String, Mapping> connections) {
    this.reading = reading;
    this.document = document;
    this.contract = contract;
    this.connections = connections;
  }

  /**
   * Checks one.
   *
   * @param taken the folders of the publications that are known, by name; it is put among them
   */
  void check(String name, Publication publication, String folder, Map<String, String> taken) {
    name(name, folder, taken);
    if (contract.key().isEmpty()) {
      problem(
          name,
          "needs a key: mark it with primaryKey in the mart's contract, so that a row can be told from another");
    }
    if (publication == null) {
      return;
    }
    if (publication.columns() != null) {
      columns(name, publication.columns());
    }
    if (publication.to() instanceof Destination.Postgres postgres) {
      postgres(name, publication, postgres);
    } else if (publication.to() instanceof Destination.Http http) {
      http(name, http);
    } else if (publication.to() instanceof Destination.Redis redis) {
      redis(name, redis, publication);
    }
    reading.startedOnce(
        publication.schedule(),
        publication.continuous(),
        document.at(MartsReader.PUBLISH, name, "continuous"),
        Paths.of(MartsReader.PUBLISH, name, "continuous"));
  }

  private void name(String name, String folder, Map<String, String> taken) {
    if (!TableName.IDENTIFIER.matcher(name).matches()) {
      problem(name, "a publication's name is lower-case letters, digits and underscores");
    }
    String other = taken.putIfAbsent(name, folder);
    if (other != null) {
      problem(name, "there is another publication '" + name + "' in " + other);
    }
  }

  private void columns(String name, Map<String, String> columns) {
    List<String> known = contract.columns().stream().map(ContractColumn::name).toList();
    columns.forEach(
        (there, column) -> {
          if (column != null && !known.contains(column)) {
            problem(
                name,
                "the contract has no column '" + column + "'" + Nearest.hint(column, known),
                "columns",
                there);
          }
        });
    List<String> personal =
        contract.columns().stream()
            .filter(ContractColumn::personal)
            .map(ContractColumn::name)
            .toList();
    if (columns.isEmpty() && !personal.isEmpty()) {
      problem(
          name,
          "%s: tagged pii. Name under columns what is to go out"
              .formatted(String.join(", ", personal)));
    }
    String missing =
        contract.key().stream()
            .map(ContractColumn::name)
            .filter(key -> !columns.isEmpty() && !columns.containsValue(key))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      problem(name, "the key goes out, too: add " + missing, "columns");
    }
  }

  private void postgres(String name, Publication publication, Destination.Postgres to) {
    connection(name, to.connection(), "postgres", "jdbc");
    if (to.table() != null && !to.table().matches("[^.\\x00]+([.][^.\\x00]+)?")) {
      problem(name, "must be a table's name such as public.customers", "to", "postgres", "table");
    }
    Mapping connection = to.connection() == null ? null : connections.get(to.connection());
    if (connection != null
        && connection.mapping("jdbc").isPresent()
        && !url(connection.mapping("jdbc").get()).startsWith("jdbc:postgresql:")) {
      problem(
          name,
          "connection '%s' is no database of PostgreSQL".formatted(to.connection()),
          "to",
          "postgres",
          "connection");
    }
    if (publication.columns() != null) {
      publication.columns().keySet().stream()
          .filter(
              column ->
                  column.isEmpty()
                      || column.indexOf('\0') >= 0
                      || column.getBytes(StandardCharsets.UTF_8).length > POSTGRES_NAME)
          .forEach(
              column ->
                  problem(
                      name,
                      "a column's name in PostgreSQL has from 1 to 63 bytes",
                      "columns",
                      column));
    }
  }

  private void http(String name, Destination.Http to) {
    connection(name, to.connection(), "http", "http");
    if (to.path() != null && !HttpCheck.isPath(to.path())) {
      problem(name, "must be a path such as customers/batch, without '..'", "to", "http", "path");
    }
    if (to.rows() < 1) {
      problem(name, "must be at least 1", "to", "http", "rows");
    }
    String header = to.idempotencyHeader();
    if (header != null
        && (!HttpConnectionCheck.isHeader(header) || HttpConnectionCheck.isOwn(header))) {
      problem(
          name,
          "must be the name of a header, and none that Assay sets itself",
          "to",
          "http",
          "idempotency_header");
    }
  }

  private void redis(String name, Destination.Redis to, Publication publication) {
    connection(name, to.connection(), "redis", "redis");
    if (to.prefix() != null && !PREFIX.matcher(to.prefix()).matches()) {
      problem(
          name, "must be letters, digits, '_', '-' and '.', without ':'", "to", "redis", "prefix");
    }
    if (publication.columns() != null) {
      publication.columns().keySet().stream()
          .filter(column -> column.startsWith("_"))
          .forEach(
              column -> problem(name, "a field's name does not begin with '_'", "columns", column));
    }
  }

  private static String url(Mapping jdbc) {
    return jdbc.values().get("url") instanceof Scalar url ? url.text() : "jdbc:postgresql:";
  }

  private void connection(String name, String connection, String destination, String kind) {
    if (connection == null) {
      return;
    }
    Mapping found = connections.get(connection);
    if (found == null) {
      problem(
          name,
          "assay.yaml has no connection '"
              + connection
              + "'"
              + Nearest.hint(connection, connections.keySet()),
          "to",
          destination,
          "connection");
    } else if (found.value(kind).isEmpty()) {
      found.values().keySet().stream()
          .filter(ProjectShapes.CONNECTION.kinds()::containsKey)
          .forEach(
              other ->
                  problem(
                      name,
                      "connection '%s' is of kind %s; %s needs one of kind %s"
                          .formatted(connection, other, destination, kind),
                      "to",
                      destination,
                      "connection"));
    }
  }

  private void problem(String name, String message, Object... below) {
    Object[] path = Stream.concat(Stream.of(MartsReader.PUBLISH, name), Stream.of(below)).toArray();
    reading.problems().add(document.at(path), Paths.of(path), message);
  }
}
