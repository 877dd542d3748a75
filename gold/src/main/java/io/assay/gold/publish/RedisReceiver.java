package io.assay.gold.publish;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;

import io.assay.batch.CommitSeam;
import io.assay.batch.LedgerJson;
import io.assay.config.Connection;
import io.assay.config.Destination;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import redis.clients.jedis.Protocol.Command;

/**
 * Hashes of Redis, {@code PREFIX:KEY}, one for each row. Rows are written some hundreds at once,
 * and the position behind them. Each delivery has a number, which is looked at with every write:
 * one that was overtaken writes nothing more, so that no late row takes the place of a newer one.
 */
final class RedisReceiver implements Receiver {
  private static final String STEP = "ROWS";
  private static final int AT_ONCE = 500;
  private static final List<String> POSITION =
      List.of("table_id", "version", "definition", "batch", "upserted", "deleted", "unchanged");

  private final JobContext context;
  private final TableName publication;
  private final PublishDefinition definition;
  private final Destination.Redis to;
  private final RedisServer server;
  private final String owner;
  private final String position;

  RedisReceiver(
      JobContext context,
      TableName publication,
      PublishDefinition definition,
      Destination.Redis to,
      Connection.Redis connection) {
    this.context = context;
    this.publication = publication;
    this.definition = definition;
    this.to = to;
    this.server = new RedisServer(to.connection(), connection);
    this.owner = context.project().settings().project() + "/" + publication.name() + "/";
    this.position = "assay:published:" + owner.replaceAll("/$", "");
  }

  @Override
  public Form form() {
    return new Form(texts(definition.key()), texts(definition.values()));
  }

  private static List<Column> texts(List<PublishedColumn> columns) {
    return columns.stream().map(RedisReceiver::text).toList();
  }

  private static Column text(PublishedColumn column) {
    Column value = col("`" + column.column() + "`");
    return switch (column.type().typeName()) {
      case "array", "struct", "map" -> JsonRows.nested(value);
      case "binary" -> base64(value);
      default -> value.cast("string");
    };
  }

  @Override
  public Optional<Position> position() {
    List<String> arguments = new ArrayList<>(List.of(position));
    arguments.addAll(POSITION);
    List<String> held = server.texts(Command.HMGET, arguments);
    if (held.contains(null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Position(
            held.get(0),
            Long.parseLong(held.get(1)),
            held.get(2),
            Long.parseLong(held.get(3)),
            new Counts(
                Long.parseLong(held.get(4)),
                Long.parseLong(held.get(5)),
                Long.parseLong(held.get(6)))));
  }

  @Override
  public boolean reached(Position until) {
    return position().filter(held -> held.isOf(until)).isPresent();
  }

  @Override
  public Optional<Begun> begun(Position until) {
    String begun = server.texts(Command.HMGET, List.of(position, "begun")).get(0);
    return Optional.ofNullable(begun).map(Begun::new);
  }

  @Override
  public Counts take(Delivery delivery) {
    Optional<Position> held = position();
    if (held.filter(there -> there.isOf(delivery.until())).isPresent()) {
      return held.get().counts();
    }
    String number = begin(delivery);
    write(delivery, number);
    long deleted = delivery.whole() ? sweep(number) : delivery.going();
    Counts counts = new Counts(delivery.coming(), deleted, 0);
    finish(delivery.until(), counts, number);
    return counts;
  }

  private String begin(Delivery delivery) {
    List<String> from =
        new ArrayList<>(
            delivery
                .from()
                .map(
                    there ->
                        List.of(
                            there.tableId(),
                            Long.toString(there.version()),
                            there.definition(),
                            Long.toString(there.batch())))
                .orElse(List.of("", "", "", "")));
    from.add(delivery.begun().map(Begun::of).orElse(""));
    from.add(Begun.with(delivery.begun(), delivery.until()).of());
    long number = server.run(RedisScripts.BEGIN, List.of(position), from);
    if (number == 0) {
      throw new AssayException(
          ExitCode.UNAVAILABLE,
          "%s of connection '%s' was published to by another run meanwhile: run again"
              .formatted(to.prefix(), to.connection()));
    }
    return Long.toString(number);
  }

  private void write(Delivery delivery, String number) {
    Iterator<Row> rows = delivery.rows(context.spark());
    while (rows.hasNext()) {
      List<String> keys = new ArrayList<>(List.of(position));
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  number, owner, Long.toString(to.expire().map(Duration::toMillis).orElse(0L))));
      while (rows.hasNext() && keys.size() <= AT_ONCE) {
        Row row = rows.next();
        keys.add(name(row));
        arguments.add(fields(row, delivery.until(), number));
      }
      context
          .seam()
          .commit(
              new CommitSeam.Point(publication, STEP),
              () -> server.run(RedisScripts.ROWS, keys, arguments));
    }
  }

  /** The parts of the key with colons between them; in a part, colons and percents are escaped. */
  private String name(Row row) {
    return to.prefix()
        + ":"
        + IntStream.range(0, definition.key().size())
            .mapToObj(i -> row.getString(i).replace("%", "%25").replace(":", "%3A"))
            .collect(Collectors.joining(":"));
  }

  /** Fields and values as JSON; a null has no field. Nothing for a row that is gone. */
  private String fields(Row row, Position until, String number) {
    if (row.getBoolean(row.size() - 1)) {
      return "";
    }
    List<PublishedColumn> columns = new ArrayList<>(definition.key());
    columns.addAll(definition.values());
    List<String> fields =
        new ArrayList<>(
            List.of("_version", Long.toString(until.version()), "_delivery", owner + number));
    for (int i = 0; i < columns.size(); i++) {
      if (!row.isNullAt(i)) {
        fields.add(columns.get(i).name());
        fields.add(row.getString(i));
      }
    }
    return LedgerJson.text(fields);
  }

  /** Deletes the rows that the delivery did not bring. */
  private long sweep(String number) {
    long swept = 0;
    String cursor = "0";
    do {
      List<String> page = server.scan(cursor, to.prefix() + ":*");
      cursor = page.get(0);
      List<String> keys = new ArrayList<>(page);
      keys.set(0, position);
      swept += server.run(RedisScripts.SWEEP, keys, List.of(number, owner));
    } while (!cursor.equals("0"));
    return swept;
  }

  private void finish(Position until, Counts counts, String number) {
    List<String> values =
        List.of(
            until.tableId(),
            Long.toString(until.version()),
            until.definition(),
            Long.toString(until.batch()),
            Long.toString(counts.upserted()),
            Long.toString(counts.deleted()),
            Long.toString(counts.unchanged()));
    List<String> arguments = new ArrayList<>(List.of(number, owner));
    for (int i = 0; i < values.size(); i++) {
      arguments.add(POSITION.get(i));
      arguments.add(values.get(i));
    }
    server.run(RedisScripts.FINISH, List.of(position), arguments);
  }

  @Override
  public void close() {
    server.close();
  }
}
