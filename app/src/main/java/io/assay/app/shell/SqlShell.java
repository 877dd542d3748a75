package io.assay.app.shell;

import io.assay.app.operate.SqlStatement;
import io.assay.config.Project;
import io.assay.sql.SqlSyntaxException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/**
 * Carries out statements, one after another, whether they are typed, piped or stand in a file.
 * Answers go where they are to go; how many rows there were, and how long it took, to people.
 */
public final class SqlShell {
  /** By which the jobs of a statement are stopped. */
  private static final String JOBS = "assay sql";

  private final Project project;
  private final SparkStart spark;
  private final Answers answers;
  private final PrintStream err;
  private SqlStatement statements;
  private boolean left;

  /**
   * @param err where people read
   */
  public SqlShell(Project project, SparkStart spark, Answers answers, PrintStream err) {
    this.project = project;
    this.spark = spark;
    this.answers = answers;
    this.err = err;
  }

  /**
   * Carries one out.
   *
   * @throws io.assay.error.AssayException if the statement is wrong
   */
  public void execute(Statement statement) throws IOException {
    execute(statement, () -> false);
  }

  /**
   * The same.
   *
   * @param stopped whether its answer is not wanted any more
   * @throws CancellationException if so
   */
  void execute(Statement statement, BooleanSupplier stopped) throws IOException {
    if (!statement.command()) {
      ask(statement, stopped);
      return;
    }
    ShellCommand.Given given = ShellCommand.read(statement.text());
    String argument = given.argument();
    switch (given.command()) {
      case HELP -> err.print(ShellCommand.help());
      case TABLES -> ask(statement.saying("SHOW TABLES"), stopped);
      case DESCRIBE -> ask(statement.saying("DESCRIBE " + argument), stopped);
      case FORMAT -> answers.format(given.format());
      case LIMIT -> answers.limit(given.number());
      case NULL -> answers.nullText(argument);
      case OUTPUT -> output(argument);
      case SETTINGS -> err.print(answers.told());
      case QUIT -> left = true;
    }
  }

  /** Whether it was told to leave. */
  public boolean left() {
    return left;
  }

  private void output(String file) throws IOException {
    if (file.isEmpty()) {
      answers.toStandard();
    } else {
      answers.toFile(Path.of(file));
    }
  }

  private void ask(Statement statement, BooleanSupplier stopped) throws IOException {
    SparkSession session = spark.await();
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
    if (statements == null) {
      statements = new SqlStatement(session, project);
    }
    session.sparkContext().setJobGroup(JOBS, statement.text(), true);
    long start = System.nanoTime();
    try {
      Answers.Written written = answers.write(statements.rows(statement.text()), stopped);
      err.println(told(written, (System.nanoTime() - start) / 1e9));
    } catch (SqlSyntaxException e) {
      throw statement.problem(e);
    } finally {
      session.sparkContext().clearJobGroup();
    }
  }

  private static String told(Answers.Written written, double seconds) {
    return String.format(
        Locale.ROOT,
        "%s%,d %s, %.1f s%s",
        written.cut() ? "the first " : "",
        written.rows(),
        written.rows() == 1 ? "row" : "rows",
        seconds,
        written.cut() ? "; there are more, and a limit of 0 shows all" : "");
  }

  /** Stops what is at work now. */
  void stop() {
    if (spark.up()) {
      spark.await().sparkContext().cancelJobGroup(JOBS);
    }
  }
}
