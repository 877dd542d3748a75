package io.assay.server.kafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * A broker as a process of its own.
 *
 * <pre>{@code
 * java -cp 'target/lib/*' io.assay.server.kafka.Main FOLDER [PORT]
 * }</pre>
 *
 * <p>Prints one line when it answers, {@code listening on 127.0.0.1:PORT}, and runs until it is
 * told to stop, or until the process that started it closes its standard input.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    Broker broker = Broker.in(Path.of(arguments[0]), port, Map.of());
    broker.start();
    System.out.println("listening on " + broker.address());
    while (System.in.read() >= 0) {
      // Nobody says anything here; the end of the input is what is waited for.
    }
    broker.stop();
  }
}
