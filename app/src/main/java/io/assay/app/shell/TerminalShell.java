package io.assay.app.shell;

import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.ProcessExit;
import io.assay.sql.ServedStatement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** The shell on a terminal: reads what is typed, until somebody leaves. */
public final class TerminalShell {
  private static final long LOOK_MILLIS = 100;

  private final Terminal terminal;
  private final LineReader reader;
  private final String prompt;
  private final SparkStart spark;
  private final SqlShell shell;
  private final PrintStream err;

  /**
   * @param terminal where it is typed
   * @param history the file that keeps it
   * @param shell carries statements out, on the terminal or elsewhere
   * @param err where people read
   */
  public TerminalShell(
      Terminal terminal,
      Path history,
      Project project,
      SparkStart spark,
      SqlShell shell,
      PrintStream err) {
    this.terminal = terminal;
    this.spark = spark;
    this.shell = shell;
    this.err = err;
    this.prompt = prompt(project);
    this.reader = reader(project, history);
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() throws IOException {
    // By the programs stty and tty: no native code is unpacked.
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .provider("exec")
            .dumb(true)
            .nativeSignals(true)
            .build();
    terminal.handle(Signal.INT, SignalHandler.SIG_IGN);
    return terminal;
  }

  private static String prompt(Project project) {
    String environment = project.environment();
    return project.settings().project() + (environment.isEmpty() ? "" : ":" + environment) + "> ";
  }

  private LineReader reader(Project project, Path history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("assay")
            .parser(new TypedStatements())
            .completer(
                new SqlCompleter(new NamedColumns(project, spark), ServedStatement.builtIns()))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, " ".repeat(prompt.length() - 3) + "-> ")
            // Else an exclamation mark would call back an earlier line.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
    try {
      HistoryFile.make(history);
      builder.variable(LineReader.HISTORY_FILE, history);
    } catch (IOException | UnsupportedOperationException e) {
      err.println("assay: what is typed is not remembered: " + e);
    }
    return builder.build();
  }

  /**
   * Carries out what is typed, until it is told to leave.
   *
   * @return how the process is to end
   */
  public ExitCode run() {
    while (true) {
      String text;
      try {
        text = reader.readLine(prompt);
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return ExitCode.OK;
      }
      for (Statement statement : StatementScanner.read(text, "").all()) {
        ExitCode outcome = carriedOut(statement);
        if (shell.left() || spark.failed()) {
          return outcome;
        }
        if (outcome != ExitCode.OK) {
          break;
        }
      }
    }
  }

  /** Carries one out in a thread of its own, so that it can be stopped from here. */
  private ExitCode carriedOut(Statement statement) {
    AtomicInteger asked = new AtomicInteger();
    FutureTask<ExitCode> work = new FutureTask<>(() -> outcome(statement, asked));
    SignalHandler before = terminal.handle(Signal.INT, signal -> asked.incrementAndGet());
    Thread thread = new Thread(work, "statement");
    thread.setDaemon(true);
    thread.start();
    try {
      return await(work, asked);
    } finally {
      terminal.handle(Signal.INT, before);
      if (asked.get() > 0) {
        err.println("assay: stopped");
      }
    }
  }

  /** A statement that does not stop when it is asked to is left alone when it is asked again. */
  private ExitCode await(FutureTask<ExitCode> work, AtomicInteger asked) {
    while (true) {
      try {
        return work.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (asked.get() > 0) {
          // Again and again, for it may start its jobs one after the other.
          shell.stop();
        }
        if (asked.get() > 1 || (asked.get() > 0 && !spark.up())) {
          return ExitCode.FAILURE;
        }
      } catch (InterruptedException e) {
        // Ctrl-C came when the line was read already.
        asked.incrementAndGet();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a statement was not carried out", e);
      }
    }
  }

  private ExitCode outcome(Statement statement, AtomicInteger asked) {
    return ProcessExit.outcome(
        () -> {
          try {
            shell.execute(statement, () -> asked.get() > 0);
            return ExitCode.OK;
          } catch (Exception e) {
            if (asked.get() > 0) {
              return ExitCode.FAILURE;
            }
            throw e;
          }
        },
        err);
  }
}
