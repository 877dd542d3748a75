package io.assay.app.cli;

import io.assay.app.operate.ResultFormat;
import io.assay.app.operate.SqlStatement;
import io.assay.batch.Decision;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.JobContext;
import io.assay.job.ProcessContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sql",
    description = {
      "Asks the project's tables: bronze.X, silver.X (the current rows), silver.X_history (the"
          + " versions), quarantine.X, gold.M, ops.batches, ops.runs, ops.quality_metrics, ops.schema_changes.",
      "Nothing can be changed."
    },
    footer = {
      "  assay sql \"SELECT * FROM gold.daily_sales ORDER BY 1\"",
      "  assay sql \"SHOW TABLES\"",
      "  assay sql \"DESCRIBE silver.orders\"",
      "  assay sql \"SELECT count(*) AS n FROM silver.orders\" --format json",
      "  assay sql \"SELECT * FROM gold.daily_sales\" --format csv --output sales.csv"
    })
final class SqlCommand implements SparkProgram {
  @ParentCommand private Assay assay;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      converter = FormatConverter.class,
      defaultValue = "table",
      description = "How the rows are written; default ${DEFAULT-VALUE}.")
  private ResultFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file instead of standard out.")
  private Path output;

  @Parameters(paramLabel = "STATEMENT", description = "One query, SHOW TABLES or DESCRIBE table.")
  private String text;

  @Override
  public ExitCode execute() throws IOException {
    Project project = assay.project();
    JobContext context = ProcessContext.open("assay sql", project, Decision.NONE);
    Dataset<Row> rows = new SqlStatement(context.spark(), project).rows(text);
    if (output == null) {
      Writer out =
          new BufferedWriter(new OutputStreamWriter(assay.console().out(), StandardCharsets.UTF_8));
      format.write(rows, out);
      out.flush();
    } else {
      try (Writer out = Files.newBufferedWriter(output)) {
        format.write(rows, out);
      }
    }
    return ExitCode.OK;
  }

  private static final class FormatConverter
      implements picocli.CommandLine.ITypeConverter<ResultFormat> {
    @Override
    public ResultFormat convert(String text) {
      try {
        return ResultFormat.valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new picocli.CommandLine.TypeConversionException(
            "'" + text + "' is none of table, csv, json");
      }
    }
  }
}
