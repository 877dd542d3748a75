package io.assay.bench.ingest;

import static org.apache.spark.sql.functions.col;

import io.assay.bench.OrderColumn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.postgresql.PGConnection;

/** A table of PostgreSQL, read by one statement in one transaction. */
final class DatabaseFeed implements Feed {
  private static final String USER = "postgres";

  /** As many rows at once as Assay fetches by default. */
  private static final String FETCHED = "5000";

  private final SparkSession spark;
  private final EmbeddedPostgres server;

  private DatabaseFeed(SparkSession spark, EmbeddedPostgres server) {
    this.spark = spark;
    this.server = server;
  }

  /**
   * Starts a server and fills its table.
   *
   * @param folder for the server
   */
  static DatabaseFeed open(Orders orders, Path folder) throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start();
    orders.progress().accept("filling a table");
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE %s (%s)".formatted(Orders.NAME, columns()));
      for (Path part : orders.parts()) {
        try (InputStream rows = Files.newInputStream(part)) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY %s FROM STDIN (FORMAT csv, HEADER)".formatted(Orders.NAME), rows);
        }
      }
      statement.execute("VACUUM ANALYZE " + Orders.NAME);
    }
    return new DatabaseFeed(orders.spark(), server);
  }

  private static String columns() {
    return OrderColumn.ALL.stream()
        .map(column -> column.name() + " " + type(column))
        .collect(Collectors.joining(", "));
  }

  private static String type(OrderColumn column) {
    return switch (column.type()) {
      case "string" -> "text";
      case "double" -> "double precision";
      default -> column.type();
    };
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
  }

  @Override
  public String connection() {
    return "jdbc: {url: '%s', user: %s}".formatted(url(), USER);
  }

  @Override
  public String source() {
    return "jdbc: {connection: origin, table: %s}".formatted(Orders.NAME);
  }

  @Override
  public Dataset<Row> read() {
    Properties properties = new Properties();
    properties.put("user", USER);
    properties.put("driver", "org.postgresql.Driver");
    properties.put("fetchsize", FETCHED);
    return spark.read().jdbc(url(), Orders.NAME, properties);
  }

  @Override
  public Column[] landed() {
    return told();
  }

  @Override
  public Column[] told() {
    return OrderColumn.ALL.stream()
        .map(column -> col(column.name()).cast("string"))
        .toArray(Column[]::new);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
