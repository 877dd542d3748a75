package io.assay.bronze.jdbc;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a failure of a database's driver means. */
final class JdbcFailure {
  /** SQL states of what passes: a database that starts or stops, is full, or gives us up. */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

  private static final Set<String> REFUSING_STATES = Set.of("42501");

  /** MySQL's numbers for missing rights. */
  private static final Set<Integer> REFUSING_NUMBERS = Set.of(1044, 1045, 1142, 1143, 1227);

  /** MySQL's numbers for too many connections, a shutdown, a statement that ran too long. */
  private static final Set<Integer> PASSING_NUMBERS = Set.of(1040, 1053, 1203, 1205, 1213, 1317);

  private static final Set<String> MISTAKEN_CLASSES = Set.of("3D", "3F", "42");

  private JdbcFailure() {}

  /**
   * The failure for people, if it is one of the database; else itself.
   *
   * @param connection its name
   */
  static RuntimeException of(String connection, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return known;
      } else if (cause instanceof SQLException sql) {
        return new AssayException(code(sql), meaning(connection, sql), failure);
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  /** Whether the same may go well a little later. */
  static boolean passes(RuntimeException failure) {
    return failure instanceof AssayException known && known.exitCode() == ExitCode.UNAVAILABLE;
  }

  private static ExitCode code(SQLException failure) {
    if (isRefusal(failure)) {
      return ExitCode.FAILURE;
    } else if (isSilence(failure)) {
      return ExitCode.UNAVAILABLE;
    }
    return MISTAKEN_CLASSES.contains(stateClass(failure))
        ? ExitCode.CONFIGURATION
        : ExitCode.FAILURE;
  }

  private static String meaning(String connection, SQLException failure) {
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    if (isRefusal(failure)) {
      return "connection '%s' refuses us: %s. Correct user and password in assay.yaml, or have the rights given"
          .formatted(connection, line);
    } else if (isSilence(failure)) {
      return "connection '%s' does not answer: %s. Nothing of the batch landed; check database and network, then run again"
          .formatted(connection, line);
    } else if (MISTAKEN_CLASSES.contains(stateClass(failure))) {
      return "connection '%s' does not have what is asked for: %s. Correct source.jdbc, or the connection"
          .formatted(connection, line);
    }
    return "connection '%s' could not be read: %s. Nothing of the batch landed"
        .formatted(connection, line);
  }

  private static boolean isRefusal(SQLException failure) {
    return stateClass(failure).equals("28")
        || REFUSING_STATES.contains(failure.getSQLState())
        || REFUSING_NUMBERS.contains(failure.getErrorCode());
  }

  private static boolean isSilence(SQLException failure) {
    return PASSING_CLASSES.contains(stateClass(failure))
        || PASSING_NUMBERS.contains(failure.getErrorCode())
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLTransientException
        || failure.getCause() instanceof IOException;
  }

  private static String stateClass(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }
}
