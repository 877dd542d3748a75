package io.assay.testing;

import io.assay.session.SparkSessions;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The sessions that all tests of a process share: two cores, two shuffle partitions. */
public final class TestSpark {
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY_MODE = "spark.sql.codegen.factoryMode";

  private static SparkSession session;
  private static SparkSession compiling;

  private TestSpark() {}

  /**
   * A session that interprets its queries: for the few rows of a test, to compile a query takes
   * longer.
   */
  public static synchronized SparkSession session() {
    if (session == null) {
      session = open(Map.of(WHOLE_STAGE, "false", FACTORY_MODE, "NO_CODEGEN"));
      Runtime.getRuntime().addShutdownHook(new Thread(session::stop));
    }
    return session;
  }

  /**
   * A session that compiles its queries, as production does: for tests of many rows, and so that
   * every kind of query is compiled in some test. Its new sessions do so too.
   */
  public static synchronized SparkSession compiling() {
    if (compiling == null) {
      SparkSession interpreting = session();
      // Else the builder would change the session that is there.
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
      compiling = open(Map.of(WHOLE_STAGE, "true", FACTORY_MODE, "FALLBACK"));
      SparkSession.setDefaultSession(interpreting);
      SparkSession.setActiveSession(interpreting);
    }
    return compiling;
  }

  private static SparkSession open(Map<String, String> codegen) {
    Map<String, String> settings = new HashMap<>(codegen);
    settings.put("spark.master", "local[2]");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.sql.shuffle.partitions", "2");
    return SparkSessions.open("assay-tests", settings);
  }
}
