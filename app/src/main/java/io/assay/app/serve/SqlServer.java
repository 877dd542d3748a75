package io.assay.app.serve;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.spark.sql.SparkSession;

/** The Thrift server, which is on the class path of {@code assay serve} alone. */
public final class SqlServer implements AutoCloseable {
  private static final String ENDPOINT = "io.assay.thrift.ThriftEndpoint";

  private final AutoCloseable endpoint;
  private final int port;

  private SqlServer(AutoCloseable endpoint, int port) {
    this.endpoint = endpoint;
    this.port = port;
  }

  /**
   * Listens.
   *
   * @param spark restricted by {@link ServedTables}
   * @param host an address of this machine
   * @param port 0 for any that is free
   * @throws AssayException with exit code 1 if the server is not there, or cannot listen
   */
  public static SqlServer start(ServedTables tables, SparkSession spark, String host, int port) {
    if (!ServedTables.restricts(spark)) {
      throw new AssayException(
          ExitCode.CONFIGURATION,
          "nothing is served: spark.sql.extensions puts a parser before the one that allows only"
              + " queries; leave it out of Spark's settings");
    }
    tables.list(spark);
    Runnable opening = () -> tables.list(spark);
    try {
      Class<?> type = Class.forName(ENDPOINT, true, Thread.currentThread().getContextClassLoader());
      Method start =
          type.getMethod("start", SparkSession.class, String.class, int.class, Runnable.class);
      Object endpoint = start.invoke(null, spark, host, port, opening);
      return new SqlServer((AutoCloseable) endpoint, (int) type.getMethod("port").invoke(endpoint));
    } catch (InvocationTargetException e) {
      throw new AssayException(
          ExitCode.FAILURE,
          "cannot listen on %s:%d: %s".formatted(host, port, e.getCause().getMessage()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new AssayException(
          ExitCode.FAILURE,
          "the Thrift server is not on the class path: start with bin/assay, or build it with"
              + " bin/build --serve",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void close() throws Exception {
    endpoint.close();
  }
}
