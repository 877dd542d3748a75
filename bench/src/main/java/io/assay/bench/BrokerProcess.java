package io.assay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A broker of Kafka as a process of its own, so that its work is not counted as that of a peer. */
public final class BrokerProcess implements AutoCloseable {
  private final JavaProcess process;
  private final String address;

  private BrokerProcess(JavaProcess process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one, and returns when it answers.
   *
   * @param folder holds its data and its log
   */
  public static BrokerProcess start(Path folder) throws IOException {
    Files.createDirectories(folder);
    JavaProcess process =
        JavaProcess.start(
            folder.resolve("broker.log"),
            List.of("-Xmx512m"),
            List.of("io.assay.server.kafka.Main", folder.toString()));
    String line = process.line();
    return new BrokerProcess(process, line.substring(line.lastIndexOf(' ') + 1));
  }

  /** Host and port, as clients want them. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    process.close();
  }
}
