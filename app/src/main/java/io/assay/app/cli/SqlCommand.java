package io.assay.app.cli;

import io.assay.app.operate.ResultFormat;
import io.assay.app.shell.Answers;
import io.assay.app.shell.HistoryFile;
import io.assay.app.shell.SparkStart;
import io.assay.app.shell.SqlShell;
import io.assay.app.shell.Statement;
import io.assay.app.shell.StatementScanner;
import io.assay.app.shell.TerminalShell;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.ProcessContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sql",
    description = {
      "Asks the project's tables: bronze.X, silver.X (the current rows), silver.X_history (the"
          + " versions), quarantine.X, gold.M, ops.batches, ops.runs, ops.quality_metrics, ops.schema_changes.",
      "Without a statement it is a shell on a terminal, and reads statements from standard input"
          + " elsewhere. Nothing can be changed."
    },
    footer = {
      "  assay sql                                  a shell: help shows what it knows",
      "  assay sql \"SELECT * FROM gold.daily_sales ORDER BY 1\"",
      "  assay sql \"SHOW TABLES\"",
      "  assay sql \"DESCRIBE silver.orders\"",
      "  assay sql \"SELECT count(*) AS n FROM silver.orders\" --format json",
      "  assay sql --file report.sql --format csv --output report.csv",
      "  echo \"SELECT 1; SELECT 2\" | assay sql"
    })
final class SqlCommand implements SparkProgram {
  @ParentCommand private Assay assay;

  @Option(
      names = "--format",
      paramLabel = "table|records|csv|json",
      converter = FormatConverter.class,
      defaultValue = "table",
      description =
          "How the rows are written; default ${DEFAULT-VALUE}. A table that is wider than the"
              + " terminal is written as records.")
  private ResultFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of standard out.")
  private Path output;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Carry out the statements of this file, until one fails.")
  private Path file;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      description =
          "Write so many rows of each answer at most, and say so if there are more; 0 for all."
              + " Default: 1000 in the shell for tables and records, else all.")
  private Integer limit;

  @Option(
      names = "--null",
      paramLabel = "TEXT",
      defaultValue = "null",
      description = "What stands for a null in tables and records; default ${DEFAULT-VALUE}.")
  private String nullText;

  @Parameters(
      paramLabel = "STATEMENT",
      arity = "0..1",
      description = "A query, SHOW, DESCRIBE or EXPLAIN; several with semicolons between them.")
  private String text;

  @Override
  public ExitCode execute() throws IOException {
    if (text != null && file != null) {
      throw usage("give a statement or --file, not both");
    }
    if (limit != null && limit < 0) {
      throw usage("--limit is a number of rows, 0 for all, not " + limit);
    }
    Project project = assay.project();
    boolean asked = text != null || file != null;
    return asked || System.console() == null ? carryOut(project) : shell(project);
  }

  private ExitCode carryOut(Project project) throws IOException {
    List<Statement> statements = StatementScanner.read(text(), source()).all();
    if (statements.isEmpty()) {
      throw usage("there is no statement: give one, or --file, or type it on a terminal");
    }
    Writer out =
        new BufferedWriter(new OutputStreamWriter(assay.console().out(), StandardCharsets.UTF_8));
    int width = System.console() == null ? 0 : assay.console().columns();
    SparkStart spark = start(project);
    try (Answers answers = answers(out, () -> width, false)) {
      SqlShell shell = new SqlShell(project, spark, answers, assay.console().err());
      for (Statement statement : statements) {
        shell.execute(statement);
        if (shell.left()) {
          break;
        }
      }
    }
    return ExitCode.OK;
  }

  private ExitCode shell(Project project) throws IOException {
    SparkStart spark = start(project);
    try (Terminal terminal = TerminalShell.ofProcess();
        Answers answers = answers(terminal.writer(), terminal::getWidth, true)) {
      SqlShell shell = new SqlShell(project, spark, answers, assay.console().err());
      assay.console().err().println("assay: help shows what there is, Ctrl-D leaves");
      return new TerminalShell(
              terminal,
              HistoryFile.place(System.getenv()),
              project,
              spark,
              shell,
              assay.console().err())
          .run();
    }
  }

  private static SparkStart start(Project project) {
    return new SparkStart(() -> ProcessContext.open("assay sql", project, Decision.NONE).spark());
  }

  private Answers answers(Writer standard, IntSupplier width, boolean interactive)
      throws IOException {
    Answers answers = new Answers(standard, width, interactive);
    answers.format(format);
    answers.nullText(nullText);
    if (limit != null) {
      answers.limit(limit);
    }
    if (output != null) {
      answers.toFile(output);
    }
    return answers;
  }

  private String text() throws IOException {
    if (text != null) {
      return text;
    }
    try {
      return file == null
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (NoSuchFileException e) {
      throw usage("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw usage(file + " is no text in UTF-8");
    }
  }

  private String source() {
    return file == null ? "" : file.toString();
  }

  private static AssayException usage(String message) {
    return new AssayException(ExitCode.USAGE, message);
  }

  private static final class FormatConverter
      implements picocli.CommandLine.ITypeConverter<ResultFormat> {
    @Override
    public ResultFormat convert(String text) {
      return ResultFormat.named(text)
          .orElseThrow(
              () ->
                  new picocli.CommandLine.TypeConversionException(
                      "'" + text + "' is none of " + ResultFormat.labels()));
    }
  }
}
