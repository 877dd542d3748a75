package io.assay.thrift;

import java.util.HashMap;
import java.util.Map;
import org.apache.hive.service.cli.CLIService;
import org.apache.hive.service.cli.thrift.ThriftBinaryCLIService;
import org.apache.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.thrift.TException;

/**
 * Connections that bring nothing but a name, and the schema to begin in. Else a client could set
 * Spark's settings, variables of Hive, and even properties of this very process.
 */
final class PlainConnections extends ThriftBinaryCLIService {
  private static final String SCHEMA = "use:database";

  private final Runnable opening;

  /**
   * @param opening run before each session is opened
   */
  PlainConnections(CLIService sessions, Runnable opening) {
    super(sessions);
    this.opening = opening;
  }

  @Override
  public TOpenSessionResp OpenSession(TOpenSessionReq request) throws TException {
    opening.run();
    Map<String, String> plain = new HashMap<>();
    if (request.isSetConfiguration() && request.getConfiguration().containsKey(SCHEMA)) {
      plain.put(SCHEMA, request.getConfiguration().get(SCHEMA));
    }
    request.setConfiguration(plain);
    return super.OpenSession(request);
  }

  @Override
  public TExecuteStatementResp ExecuteStatement(TExecuteStatementReq request) throws TException {
    request.unsetConfOverlay();
    return super.ExecuteStatement(request);
  }
}
