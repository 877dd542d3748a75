package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * bin/assay, on a copy of the installation's scripts and links to its jars, below a path with
 * spaces.
 */
class LauncherTest {
  @TempDir private Path temporary;
  private Path home;

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(temporary.resolve("a path with spaces"));
    copy("bin/assay");
    copy("bin/lib/common.sh");
    copy("conf/spark/log4j2.properties");
    for (String built : List.of("app/target", "spark-home/target")) {
      Path link = home.resolve(built);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Installation.root().resolve(built));
    }
    assertThat(home.resolve("app/target/assay.jar")).as("run mvn package first").exists();
  }

  private void copy(String file) throws IOException {
    Path target = home.resolve(file);
    Files.createDirectories(target.getParent());
    Files.copy(Installation.root().resolve(file), target);
    assertThat(target.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    File out = temporary.resolve("out").toFile();
    File err = temporary.resolve("err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectOutput(out).redirectError(err);
    builder.environment().put("ASSAY_NO_BUILD", "yes");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Ended(
        status,
        Files.readString(out.toPath(), StandardCharsets.UTF_8),
        Files.readString(err.toPath(), StandardCharsets.UTF_8));
  }

  private String assay() {
    return home.resolve("bin/assay").toString();
  }

  @Test
  void itWorksOnAPathWithSpacesFromAnyFolderAndThroughALink() throws Exception {
    Path link = temporary.resolve("assay link");
    Files.createSymbolicLink(link, home.resolve("bin/assay"));
    for (String launcher : List.of(assay(), link.toString())) {
      Ended ended = run(temporary, Map.of(), launcher, "--version");
      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).startsWith("Assay ");
      assertThat(ended.status()).isZero();
    }
    assertThat(run(home, Map.of(), "bin/assay", "--version").status()).isZero();
  }

  @Test
  void classesArePreparedAnewForAJarThatWasBuiltByMavenAlone() throws Exception {
    Path target = home.resolve("app/target");
    Files.delete(target);
    Files.createDirectories(target);
    Files.copy(Installation.root().resolve("app/target/assay.jar"), target.resolve("assay.jar"));
    Path archive = target.resolve("assay.jsa");
    Files.writeString(archive, "of another jar");
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));

    Ended first = run(home, Map.of("ASSAY_NO_BUILD", ""), assay(), "--version");
    assertThat(first.out()).startsWith("Assay ");
    assertThat(Files.size(archive)).isGreaterThan(1 << 20);

    FileTime prepared = Files.getLastModifiedTime(archive);
    Ended second = run(home, Map.of("ASSAY_NO_BUILD", ""), assay(), "--version");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(second.err()).isEmpty();
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(prepared);
  }

  @Test
  void aWrongCommandLineEndsWithTwoAndStartsNothing() throws Exception {
    Ended ended = run(home, Map.of(), assay(), "staus");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("staus", "status").doesNotContain("\tat ");
  }

  @Test
  void withoutJava17OneLineSaysWhatToInstall() throws Exception {
    Path tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : List.of("bash", "env")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/bin", tool));
    }
    Map<String, String> nothing =
        Map.of("PATH", tools.toString(), "JAVA_HOME", "", "ASSAY_JDK_FOLDERS", "");
    Ended ended = run(home, nothing, "/bin/bash", assay(), "status");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err().lines()).hasSize(1).first().asString().contains("no Java 17", "install");
  }

  @Test
  void aCommandThatNeedsSparkIsSubmittedToTheDistributionThatIsSet() throws Exception {
    Path distribution = Files.createDirectories(temporary.resolve("spark/bin")).getParent();
    Path submit = distribution.resolve("bin/spark-submit");
    Files.writeString(submit, "#!/bin/bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = new TreeMap<>();
    environment.put("SPARK_HOME", distribution.toString());
    environment.put("ASSAY_MASTER", "spark://somewhere:7077");

    Ended run = run(home, environment, assay(), "--project", "my project", "run", "bronze.*");
    List<String> arguments = new ArrayList<>(run.out().lines().toList());
    assertThat(arguments)
        .containsSubsequence(
            "--master", "spark://somewhere:7077", "--class", "io.assay.app.cli.Main")
        .endsWith("--project", "my project", "run", "bronze.*");
    assertThat(arguments.get(arguments.indexOf("--jars") + 1)).contains("delta-spark_2.12-");

    Ended status = run(home, environment, assay(), "run", "--help");
    assertThat(status.out()).startsWith("Usage: assay run");
  }

  @Test
  void pathsOnS3NeedItsClientWhichIsFoundByWhatTheyAreAndHadoopsSettingsAreRead() throws Exception {
    Path site = Files.createDirectories(temporary.resolve("site"));
    Files.writeString(
        site.resolve("core-site.xml"),
        """
        <configuration>
          <property><name>fs.s3a.endpoint</name><value>http://127.0.0.1:1</value></property>
          <property><name>fs.s3a.access.key</name><value>me</value></property>
          <property><name>fs.s3a.secret.key</name><value>mine</value></property>
          <property><name>fs.s3a.attempts.maximum</name><value>1</value></property>
          <property><name>fs.s3a.retry.limit</name><value>1</value></property>
        </configuration>
        """);
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", site.toString());
    String[] command = {assay(), "--project", "s3a://bucket/project", "status"};

    Ended without = run(temporary, environment, command);
    assertThat(without.err()).contains("there is no client", "hadoop-aws", "bin/build --s3");
    assertThat(without.status()).isEqualTo(4);

    Files.createDirectories(home.resolve("s3-client"));
    Files.createSymbolicLink(
        home.resolve("s3-client/target"), Installation.root().resolve("s3-client/target"));
    Ended with = run(temporary, environment, command);
    assertThat(with.err()).contains("the store does not answer").doesNotContain("\tat ");
    assertThat(with.status()).isEqualTo(5);
  }
}
