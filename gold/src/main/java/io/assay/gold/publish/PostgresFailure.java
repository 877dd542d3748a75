package io.assay.gold.publish;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a failure of a database that is written to means. No message holds a row's values. */
final class PostgresFailure {
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");
  private static final Set<String> MISSING = Set.of("3D", "3F");
  private static final String RIGHTS = "42501";

  private PostgresFailure() {}

  /**
   * The failure for people.
   *
   * @param connection its name
   * @param table as configured
   */
  static AssayException of(String connection, String table, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String kind = state.length() < 2 ? "" : state.substring(0, 2);
    String reason = reason(failure);
    if (kind.equals("28") || state.equals(RIGHTS)) {
      return new AssayException(
          ExitCode.FAILURE,
          "connection '%s' refuses us at table %s: %s. Correct user and password in assay.yaml, or have the rights given"
              .formatted(connection, table, reason),
          failure);
    } else if (PASSING.contains(kind) || failure.getCause() instanceof IOException) {
      return new AssayException(
          ExitCode.UNAVAILABLE,
          "connection '%s' does not answer: %s. Table %s is as it was before, or holds the whole delivery; run again"
              .formatted(connection, reason, table),
          failure);
    } else if (MISSING.contains(kind)) {
      return new AssayException(
          ExitCode.CONFIGURATION,
          "connection '%s' does not have what table %s needs: %s. Have it made, or correct assay.yaml"
              .formatted(connection, table, reason),
          failure);
    }
    return new AssayException(
        ExitCode.FAILURE,
        "table %s of connection '%s' refuses the rows: %s. It is as it was before"
            .formatted(table, connection, reason),
        failure);
  }

  /** What the server says, without the rows that it may quote in the details. */
  private static String reason(SQLException failure) {
    ServerErrorMessage told =
        failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
    if (told == null) {
      return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
    String column = told.getColumn() == null ? "" : " (column " + told.getColumn() + ")";
    return told.getMessage() + column;
  }
}
