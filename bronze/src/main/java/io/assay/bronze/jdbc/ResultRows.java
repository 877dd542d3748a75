package io.assay.bronze.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of one statement, in one transaction, fetched piece by piece. A value that its column's
 * type does not hold makes a row with a problem.
 */
final class ResultRows implements Iterator<InternalRow>, AutoCloseable {
  /** A batch's rows are numbered from its number on, so that places differ between batches. */
  private static final long ROWS_OF_A_BATCH = 10_000_000_000L;

  private final Selection selection;
  private final CellReader[] readers;
  private final int width;
  private volatile Connection connection;
  private volatile boolean aborted;
  private ResultSet result;
  private UTF8String origin;
  private long position;
  private boolean ready;
  private boolean ended;

  ResultRows(Selection selection) {
    this.selection = selection;
    StructField[] fields = selection.columns().fields();
    this.width = fields.length;
    this.readers = new CellReader[width];
    for (int i = 0; i < width; i++) {
      readers[i] = CellReader.of(fields[i].dataType());
    }
    this.position = selection.batch() * ROWS_OF_A_BATCH;
  }

  @Override
  public boolean hasNext() {
    if (!ready && !ended) {
      ready = reading(this::advance);
      if (!ready) {
        ended = true;
        close();
      }
    }
    return ready;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    return reading(this::row);
  }

  @Override
  public void close() {
    if (connection != null) {
      Connection open = connection;
      connection = null;
      reading(
          () -> {
            open.close();
            return null;
          });
    }
  }

  /** Ends the connection, also while another thread reads from it, which fails then. */
  void abort() {
    aborted = true;
    Connection open = connection;
    if (open != null) {
      reading(
          () -> {
            open.abort(Runnable::run);
            return null;
          });
    }
  }

  private boolean advance() throws SQLException {
    if (connection == null) {
      open();
    }
    return result.next();
  }

  private void open() throws SQLException {
    connection = selection.server().open();
    if (aborted) {
      close();
      throw new SQLException("the reading was ended before it began");
    }
    String source = selection.origin();
    if (selection.timed()) {
      String time = selection.server().dialect().time();
      source += "@" + new Database.Session(connection).text(time).orElseThrow();
    }
    origin = UTF8String.fromString(source);
    PreparedStatement statement =
        connection.prepareStatement(
            selection.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(selection.fetchSize());
    for (int i = 0; i < selection.parameters().size(); i++) {
      statement.setString(i + 1, selection.parameters().get(i));
    }
    result = statement.executeQuery();
  }

  private InternalRow row() throws SQLException {
    Object[] values = new Object[width + 3];
    String problem = null;
    for (int i = 0; i < width && problem == null; i++) {
      try {
        values[i] = readers[i].read(result, i + 1);
      } catch (NumberFormatException | ArithmeticException e) {
        problem = problem(i);
      }
    }
    String key = key();
    if (problem != null) {
      values = new Object[width + 3];
      values[width + 1] = UTF8String.fromString(problem);
      values[width + 2] = UTF8String.fromString(raw());
    }
    values[width] =
        new GenericInternalRow(new Object[] {origin, ++position, UTF8String.fromString(key)});
    return new GenericInternalRow(values);
  }

  private String problem(int place) throws SQLException {
    StructField field = selection.columns().fields()[place];
    return "column %s: %s does not fit %s"
        .formatted(field.name(), result.getString(place + 1), field.dataType().sql());
  }

  private String raw() throws SQLException {
    List<String> names = selection.names();
    ObjectNode texts = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < width; i++) {
      texts.put(names.get(i), result.getString(i + 1));
    }
    return texts.toString();
  }

  /** One column's value as text, several as a JSON array of texts. */
  private String key() throws SQLException {
    List<Integer> places = selection.key();
    if (places.isEmpty()) {
      return null;
    } else if (places.size() == 1) {
      return result.getString(places.get(0) + 1);
    }
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (int place : places) {
      texts.add(result.getString(place + 1));
    }
    return texts.toString();
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }

  /** Spark keeps a task's failure as it is, so its cause can be told by the driver. */
  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
