package io.assay.server.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server of PostgreSQL on 127.0.0.1, whose log tells logical changes. User {@code postgres} needs
 * no password. What it keeps is lost with the machine: nothing is forced to disk.
 *
 * <pre>{@code
 * java -cp 'target/lib/*' io.assay.server.postgres.Main FOLDER [PORT]
 * }</pre>
 *
 * <p>Prints one line when it answers, {@code listening on 127.0.0.1:PORT}, and runs until it is
 * told to stop, or until the process that started it closes its standard input.
 */
public final class Main {
  private static final String ADDRESS = "127.0.0.1";

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : freePort();
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(folder.resolve("data"))
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setCleanDataDirectory(false)
            .setServerConfig("listen_addresses", ADDRESS)
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("wal_level", "logical")
            .setServerConfig("fsync", "off")
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
    System.out.println("listening on " + ADDRESS + ":" + port);
    while (System.in.read() >= 0) {
      // Nobody says anything here; the end of the input is what is waited for.
    }
    long process = process(folder.resolve("data"));
    server.close();
    // It waits for whoever reads its log; who was killed does not say goodbye.
    ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** The server's own, which PostgreSQL writes into the first line of a file. */
  private static long process(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
