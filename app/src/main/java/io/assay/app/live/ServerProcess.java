package io.assay.app.live;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One of the programs in {@code servers/}, in a process of its own. It ends when its standard input
 * does, and so with this process, however that ends.
 */
final class ServerProcess implements AutoCloseable {
  private static final String ANSWERS = "listening on ";
  private static final int STOP_SECONDS = 30;

  /** Leaves the terminal's signals to this process: Ctrl-C is to end the demo in order. */
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final String name;
  private final Path log;
  private final Process process;

  private ServerProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param name of its folder in {@code servers/}
   * @param megabytes its heap
   * @param log gets what it says on standard error
   * @throws AssayException if it was not built
   */
  static ServerProcess start(
      Path installation, String name, int megabytes, Path log, List<String> arguments) {
    Path jars = installation.resolve("servers").resolve(name).resolve("target/lib");
    if (!Files.isDirectory(jars)) {
      throw new AssayException(
          ExitCode.FAILURE, "servers/" + name + " was not built: bin/build --live does it");
    }
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx" + megabytes + "m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", jars + "/*", "io.assay.server." + name + ".Main"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServerProcess(name, log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until it says that it answers.
   *
   * @throws AssayException if it ends instead
   */
  void awaitAnswer() {
    try {
      String line =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (line == null || !line.startsWith(ANSWERS)) {
        throw failed();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks whether it still runs.
   *
   * @throws AssayException if it does not
   */
  void check() {
    if (!process.isAlive()) {
      throw failed();
    }
  }

  private AssayException failed() {
    return new AssayException(
        ExitCode.FAILURE, "servers/" + name + " does not run; what it said is in " + log);
  }

  /** Lets it end in order; if it does not, ends it. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
