package io.assay.thrift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.conf.HiveConf.ConfVars;
import org.apache.hive.service.cli.CLIService;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.hive.HiveUtils$;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;
import org.apache.spark.sql.hive.thriftserver.SparkSQLCLIService;
import org.apache.spark.sql.hive.thriftserver.ui.HiveThriftServer2EventManager;

/**
 * Spark's Thrift server on one address: what drivers of JDBC and ODBC for Hive speak. It is put
 * together here, and not by Spark's own main, so that connections bring no settings with them
 * ({@link PlainConnections}).
 */
public final class ThriftEndpoint implements AutoCloseable {
  private final Path folder;
  private final CLIService sessions;
  private final PlainConnections connections;

  private ThriftEndpoint(Path folder, CLIService sessions, PlainConnections connections) {
    this.folder = folder;
    this.sessions = sessions;
    this.connections = connections;
  }

  /**
   * Listens. Who connects is asked for no password.
   *
   * @param spark each connection gets a session beside it, with its settings and extensions
   * @param host an address of this machine; a name is looked up
   * @param port 0 for any that is free
   * @param opening run before each session is opened
   * @throws IllegalStateException if it cannot listen there
   */
  public static ThriftEndpoint start(SparkSession spark, String host, int port, Runnable opening)
      throws IOException {
    Path folder = Files.createTempDirectory("assay-serve");
    System.setProperty("derby.stream.error.file", folder.resolve("derby.log").toString());
    HiveConf settings = settings(spark, folder, host, port);
    HiveThriftServer2.eventManager_$eq(new HiveThriftServer2EventManager(spark.sparkContext()));
    CLIService sessions = new SparkSQLCLIService(null, spark.sqlContext());
    PlainConnections connections = new PlainConnections(sessions, opening);
    ThriftEndpoint endpoint = new ThriftEndpoint(folder, sessions, connections);
    try {
      sessions.init(settings);
      connections.init(settings);
      sessions.start();
      connections.start();
      // Variables of the environment would win over what was told.
      InetAddress address = InetAddress.getByName(host);
      if (!address.equals(connections.getServerIPAddress())) {
        throw new IllegalStateException(
            "it listens on " + connections.getServerIPAddress() + ", not on " + address);
      }
    } catch (IOException | RuntimeException e) {
      endpoint.close();
      throw new IllegalStateException(reason(e), e);
    }
    return endpoint;
  }

  /** The port that it listens on. */
  public int port() {
    return connections.getPortNumber();
  }

  /** Ends every connection. */
  @Override
  public void close() {
    connections.stop();
    sessions.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hive wants a catalog of its own, which stays empty: it lies in a temporary folder. */
  private static HiveConf settings(SparkSession spark, Path folder, String host, int port) {
    Configuration hadoop = new Configuration(spark.sessionState().newHadoopConf());
    hadoop.set(ConfVars.SCRATCHDIR.varname, folder.resolve("scratch").toUri().toString());
    hadoop.set(ConfVars.LOCALSCRATCHDIR.varname, folder.resolve("local").toString());
    hadoop.set(ConfVars.DOWNLOADED_RESOURCES_DIR.varname, folder.resolve("resources").toString());
    HiveConf settings =
        new HiveConf(
            HiveUtils$.MODULE$.newClientForExecution(spark.sparkContext().conf(), hadoop).conf(),
            ThriftEndpoint.class);
    settings.setVar(ConfVars.HIVE_SERVER2_THRIFT_BIND_HOST, host);
    settings.setIntVar(ConfVars.HIVE_SERVER2_THRIFT_PORT, port);
    settings.setVar(ConfVars.HIVE_SERVER2_TRANSPORT_MODE, "binary");
    settings.setBoolVar(ConfVars.HIVE_SERVER2_ENABLE_DOAS, false);
    settings.setBoolVar(ConfVars.HIVE_SERVER2_LOGGING_OPERATION_ENABLED, false);
    return settings;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
