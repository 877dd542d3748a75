package io.assay.gold.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@value #NAME} beside the published ones: what each publication has delivered. A row is
 * written in the transaction that writes the rows.
 *
 * @param table the name for SQL
 */
record PostgresPositions(String table, String project, String publication) {
  /** Its name, in the schema of the published table. */
  static final String NAME = "assay_published";

  private static final String MADE =
      """
      CREATE TABLE %s (
        project text NOT NULL, publication text NOT NULL, mart text NOT NULL,
        table_id text NOT NULL, version bigint NOT NULL, definition text NOT NULL,
        batch bigint NOT NULL, upserted bigint NOT NULL, deleted bigint NOT NULL,
        unchanged bigint NOT NULL, published_at timestamp with time zone NOT NULL,
        PRIMARY KEY (project, publication))
      """;

  private static final String WRITTEN =
      """
      INSERT INTO %s VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (project, publication) DO UPDATE SET mart = EXCLUDED.mart,
        table_id = EXCLUDED.table_id, version = EXCLUDED.version,
        definition = EXCLUDED.definition, batch = EXCLUDED.batch, upserted = EXCLUDED.upserted,
        deleted = EXCLUDED.deleted, unchanged = EXCLUDED.unchanged,
        published_at = EXCLUDED.published_at
      """;

  boolean exists(Connection connection) throws SQLException {
    return PostgresTable.exists(connection, table);
  }

  void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(MADE.formatted(table));
    }
  }

  /** What was delivered last; empty if nothing was. */
  Optional<Position> read(Connection connection) throws SQLException {
    if (!exists(connection)) {
      return Optional.empty();
    }
    String sql =
        "SELECT table_id, version, definition, batch, upserted, deleted, unchanged FROM "
            + table
            + " WHERE project = ? AND publication = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, project);
      statement.setString(2, publication);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Position(
                    row.getString(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getLong(4),
                    new Counts(row.getLong(5), row.getLong(6), row.getLong(7))))
            : Optional.empty();
      }
    }
  }

  void write(Connection connection, String mart, Position position, Instant at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITTEN.formatted(table))) {
      statement.setString(1, project);
      statement.setString(2, publication);
      statement.setString(3, mart);
      statement.setString(4, position.tableId());
      statement.setLong(5, position.version());
      statement.setString(6, position.definition());
      statement.setLong(7, position.batch());
      statement.setLong(8, position.counts().upserted());
      statement.setLong(9, position.counts().deleted());
      statement.setLong(10, position.counts().unchanged());
      statement.setTimestamp(11, Timestamp.from(at));
      statement.executeUpdate();
    }
  }
}
