package io.assay.gold.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of Redis, Debian's, as a process of its own; its package is installed where it is
 * missing.
 */
final class RedisProcess implements AutoCloseable {
  static final String PASSWORD = "s3cret-password";

  private final Path log;
  private final int port;
  private Process process;

  RedisProcess(Path folder) {
    this.log = folder.resolve("redis.log");
    this.port = freePort();
    if (!Files.isExecutable(Path.of("/usr/bin/redis-server"))) {
      run("apt-get", "update");
      run("apt-get", "install", "-y", "--no-install-recommends", "redis-server");
    }
    start();
  }

  String url() {
    return "redis://127.0.0.1:" + port + "/3";
  }

  void start() {
    process =
        started(
            List.of(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--requirepass",
                PASSWORD));
    while (!cli("PING").contains("PONG")) {
      if (!process.isAlive()) {
        throw new IllegalStateException("redis-server has ended, see " + log);
      }
    }
  }

  /** What redis-cli prints. */
  String cli(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "redis-cli",
                "-p",
                Integer.toString(port),
                "-n",
                "3",
                "--no-auth-warning",
                "-a",
                PASSWORD));
    all.addAll(List.of(command));
    try {
      Process client = new ProcessBuilder(all).redirectErrorStream(true).start();
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String... command) {
    try {
      Process run = started(List.of(command));
      if (!run.waitFor(5, TimeUnit.MINUTES) || run.exitValue() != 0) {
        run.destroyForcibly();
        throw new IllegalStateException(List.of(command) + " failed, see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process started(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
