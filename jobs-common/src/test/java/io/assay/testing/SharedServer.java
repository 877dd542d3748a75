package io.assay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;

/**
 * A server that all tests of a process share. It starts with the first, and stops with the process.
 */
final class SharedServer<S> {
  private final String name;
  private final Function<Path, S> start;
  private final Consumer<S> stop;
  private S server;

  SharedServer(String name, Function<Path, S> start, Consumer<S> stop) {
    this.name = name;
    this.start = start;
    this.stop = stop;
  }

  synchronized S get() {
    if (server == null) {
      try {
        Path folder = Files.createTempDirectory(name);
        server = start.apply(folder);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      stop.accept(server);
                      FileUtils.deleteQuietly(folder.toFile());
                    }));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }
}
