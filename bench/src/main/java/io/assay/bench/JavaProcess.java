package io.assay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process beside this one, with the same class path. It does not outlive this one. */
public final class JavaProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final String name;
  private final Thread end;

  private JavaProcess(Process process, String name) {
    this.process = process;
    this.name = name;
    this.end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /**
   * Starts one.
   *
   * @param log where its standard error goes
   * @param options of the JVM
   * @param words its main class and arguments
   */
  public static JavaProcess start(Path log, List<String> options, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    return new JavaProcess(process, words.get(0));
  }

  /**
   * The next line that it prints.
   *
   * @throws IllegalStateException if it ends instead
   */
  public String line() throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new IllegalStateException(name + " ended");
    }
    return line;
  }

  /**
   * Asks it to stop, and waits.
   *
   * @return its exit code
   */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + " does not stop");
    }
    return process.exitValue();
  }

  public boolean runs() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
