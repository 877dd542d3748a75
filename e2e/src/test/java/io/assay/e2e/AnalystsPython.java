package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Python with the packages of the notebooks, from PyPI: installed by {@code bin/notebooks}, once
 * for all tests of this module.
 */
final class AnalystsPython {
  private static final Path FOLDER = Path.of("target", "notebooks").toAbsolutePath();
  private static final String COMMAND = Installation.root().resolve("bin/notebooks").toString();

  private AnalystsPython() {}

  /** Installs what is missing, one test process at a time. */
  static AnalystsPython installed() throws Exception {
    Files.createDirectories(FOLDER);
    try (FileChannel file =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      said(Map.of(), List.of(COMMAND, "--install"));
    }
    return new AnalystsPython();
  }

  /** What a program prints, which must succeed. */
  String run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(FOLDER.resolve("environment/bin/python").toString());
    command.addAll(arguments);
    return said(Map.of(), command);
  }

  /**
   * Executes a notebook.
   *
   * @param warehouse the variable that tells where its tables are
   */
  ExecutedNotebook execute(String name, String warehouse, Path tables) throws Exception {
    said(Map.of(warehouse, tables.toString()), List.of(COMMAND, name));
    return ExecutedNotebook.read(FOLDER.resolve(name + ".ipynb"));
  }

  private static String said(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("ASSAY_NOTEBOOKS", FOLDER.toString());
    builder.environment().put("ASSAY_NO_BUILD", "yes");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(output);
    Files.delete(output);
    assertThat(ended && process.exitValue() == 0).as("%s: %s", command, said).isTrue();
    return said;
  }
}
