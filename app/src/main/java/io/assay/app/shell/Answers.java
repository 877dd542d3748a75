package io.assay.app.shell;

import io.assay.app.operate.ResultFormat;
import io.assay.app.operate.RowWriter;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where answers go, and how they are written. */
public final class Answers implements AutoCloseable {
  /** What a person sees of an answer who has not said how much to show. */
  static final int SHOWN = 1000;

  /** So many rows may be fetched at once; more of them come one partition after the other. */
  private static final int AT_ONCE = 10_000;

  private final Writer standard;
  private final IntSupplier width;
  private final boolean interactive;
  private ResultFormat format = ResultFormat.TABLE;
  private String nullText = "null";
  private OptionalInt limit = OptionalInt.empty();
  private Path file;
  private Writer writer;

  /**
   * @param standard where answers go that go to no file
   * @param width of the terminal there, in columns; 0 if there is none
   * @param interactive whether a person waits for each answer
   */
  public Answers(Writer standard, IntSupplier width, boolean interactive) {
    this.standard = standard;
    this.width = width;
    this.interactive = interactive;
  }

  /** Sets how rows are written. */
  public void format(ResultFormat chosen) {
    format = chosen;
  }

  /** Sets what people see of a null. */
  public void nullText(String text) {
    nullText = text;
  }

  /**
   * Sets how many rows of each answer are written.
   *
   * @param rows 0 for all
   */
  public void limit(int rows) {
    limit = OptionalInt.of(rows);
  }

  /** Lets later answers go to a file, one below the other; what is in it is replaced. */
  public void toFile(Path path) throws IOException {
    close();
    file = path;
  }

  /** Lets later answers go where they went at first. */
  void toStandard() throws IOException {
    close();
    file = null;
  }

  /** The settings, a line each. */
  String told() {
    return "format  %s%nlimit   %s%nnull    %s%noutput  %s%n"
        .formatted(
            format.label(),
            most() == 0 ? "all rows" : most() + " rows",
            nullText,
            file == null ? "here" : file);
  }

  /**
   * Writes an answer.
   *
   * @param stopped whether the rest of it is not wanted any more
   * @throws java.util.concurrent.CancellationException if so
   */
  Written write(Dataset<Row> rows, BooleanSupplier stopped) throws IOException {
    Writer out = out();
    int most = most();
    Dataset<Row> wanted = most == 0 ? rows : rows.limit(most + 1);
    boolean atOnce = most == 0 ? format.forPeople() : most <= AT_ONCE;
    Iterator<Row> fetched = atOnce ? wanted.collectAsList().iterator() : wanted.toLocalIterator();
    CountedRows counted = new CountedRows(fetched, most, stopped);
    RowWriter rowWriter = format.writer(nullText, file == null ? width.getAsInt() : 0);
    rowWriter.write(rows.schema(), counted, out);
    out.flush();
    return new Written(counted.count(), counted.cut());
  }

  /**
   * What was written.
   *
   * @param rows how many
   * @param cut whether there were more
   */
  record Written(long rows, boolean cut) {}

  private int most() {
    boolean shown = interactive && file == null && format.forPeople();
    return limit.orElse(shown ? SHOWN : 0);
  }

  private Writer out() {
    if (file == null) {
      return standard;
    }
    if (writer == null) {
      try {
        writer = Files.newBufferedWriter(file);
      } catch (IOException e) {
        throw new AssayException(ExitCode.USAGE, "cannot write to " + file + ": " + e, e);
      }
    }
    return writer;
  }

  /** Ends the file, if there is one. */
  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
