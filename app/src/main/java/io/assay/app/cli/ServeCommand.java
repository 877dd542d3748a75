package io.assay.app.cli;

import io.assay.app.serve.ServedTables;
import io.assay.app.serve.SqlServer;
import io.assay.config.Project;
import io.assay.error.ExitCode;
import io.assay.job.StopSignals;
import io.assay.session.SparkSessions;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "serve",
    description = {
      "Lets tools ask gold and the current rows of silver over JDBC or ODBC, until it is stopped by",
      "SIGTERM or SIGINT. Only queries, SHOW, DESCRIBE, EXPLAIN and USE are allowed. Nobody is asked",
      "for a password, so it listens on this machine alone unless it is told otherwise."
    },
    footer = {
      "  assay serve                                jdbc:hive2://127.0.0.1:10000/gold",
      "  assay serve --port 10001",
      "  assay serve --host 0.0.0.0                 everybody who reaches this machine may ask"
    })
final class ServeCommand implements SparkProgram {
  @ParentCommand private Assay assay;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on; default ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "The port; 0 for any that is free; default ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public ExitCode execute() throws Exception {
    Project project = assay.project();
    PrintStream err = assay.console().err();
    err.println("assay: starting Spark");
    ServedTables tables = new ServedTables(project);
    SparkSession spark = SparkSessions.open("assay serve", settings(project), tables::restrict);
    CountDownLatch stop = new CountDownLatch(1);
    StopSignals.handle(stop::countDown);
    try (SqlServer server = SqlServer.start(tables, spark, host, port)) {
      err.printf(
          "assay: %d tables at jdbc:hive2://%s:%d/gold; stop with Ctrl-C or SIGTERM%n",
          tables.names(spark).size(), host, server.port());
      stop.await();
      err.println("assay: stopping");
    }
    return ExitCode.OK;
  }

  private static Map<String, String> settings(Project project) {
    Map<String, String> settings = new HashMap<>(project.settings().spark());
    settings.putAll(ServedTables.SETTINGS);
    return settings;
  }
}
