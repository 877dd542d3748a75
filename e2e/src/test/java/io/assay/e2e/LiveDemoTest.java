package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live demo as people call it, in a copy of this installation. */
@Tag("all")
class LiveDemoTest {
  @TempDir private Path temporary;
  private Path home;
  private Path out;
  private Path err;
  private Process process;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(temporary.resolve("home"));
    out = temporary.resolve("out.txt");
    err = temporary.resolve("err.txt");
    copy("bin");
    copy("conf");
    for (String built :
        List.of("app", "spark-home", "servers/kafka", "servers/debezium", "servers/postgres")) {
      Path link = home.resolve(built).resolve("target");
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Installation.root().resolve(built).resolve("target"));
      assertThat(link).as("run mvn package first").exists();
    }
  }

  private void copy(String folder) throws IOException {
    Path root = Installation.root();
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      for (Path file : files.toList()) {
        Path target = home.resolve(root.relativize(file).toString());
        Files.copy(file, target);
        assertThat(target.toFile().setExecutable(Files.isExecutable(file))).isTrue();
      }
    }
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void aShortDayEndsInProofsAndLeavesTablesButNoProcess() throws Exception {
    start("demo", "--live", "--for", "10s");
    assertThat(process.waitFor()).as(texts()).isZero();

    assertThat(Files.readString(out))
        .contains("Every message that was sent is in bronze exactly once.")
        .contains("Silver's current rows equal PostgreSQL's SELECT * of every table.")
        .contains("Gold equals, to the penny, what the generator knows was sold and paid.")
        .contains("--project .assay/live/project --env live status");
    assertThat(Files.readString(err))
        .contains("PostgreSQL: 127.0.0.1:", "Debezium: has taken a snapshot", "events sent")
        .doesNotContain("\033[", "\tat ");
    assertThat(processes()).isEmpty();
    assertThat(home.resolve(".assay/live/servers")).doesNotExist();

    start("--project", home.resolve(".assay/live/project").toString(), "--env", "live", "status");
    assertThat(process.waitFor()).as(texts()).isZero();
    assertThat(Files.readString(out)).contains("gold.daily_sales").doesNotContain("held");
  }

  @Test
  void serversEndWithTheDemoThatIsKilled() throws Exception {
    start("demo", "--live");
    await("Debezium: has taken a snapshot");
    assertThat(processes()).hasSizeGreaterThanOrEqualTo(4);
    process.destroyForcibly().waitFor();

    Instant patience = Instant.now().plus(Duration.ofSeconds(90));
    while (!processes().isEmpty() && Instant.now().isBefore(patience)) {
      Thread.sleep(500);
    }
    assertThat(processes().stream().map(handle -> handle.info().toString())).isEmpty();
  }

  private void start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/assay").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("ASSAY_NO_BUILD", "yes");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    process = builder.start();
  }

  private void await(String line) throws Exception {
    Instant patience = Instant.now().plus(Duration.ofMinutes(4));
    while (!Files.readString(err).contains(line)) {
      assertThat(process.isAlive()).as(texts()).isTrue();
      assertThat(Instant.now()).as(texts()).isBefore(patience);
      Thread.sleep(200);
    }
  }

  private String texts() throws IOException {
    return Files.readString(err) + Files.readString(out);
  }

  /** Those whose command lines name this installation: Assay, and what it has started. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }
}
