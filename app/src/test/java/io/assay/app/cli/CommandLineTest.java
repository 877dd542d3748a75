package io.assay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private CommandLine commandLine() {
    return Assay.commandLine(new Console(stream(out), stream(err), 0));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String help(String... arguments) throws Exception {
    out.reset();
    assertThat(Invocation.execute(commandLine(), arguments, stream(out))).isEqualTo(ExitCode.OK);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLauncherSubmitsJustTheCommandsThatDeclareThatTheyNeedSpark() throws IOException {
    Path launcher = Path.of(System.getProperty("assay.root")).resolve("bin/assay");
    Matcher list = Pattern.compile("spark_commands=\\((.*)\\)").matcher(Files.readString(launcher));
    assertThat(list.find()).isTrue();
    TreeSet<String> declared = new TreeSet<>();
    for (Map.Entry<String, CommandLine> entry : commandLine().getSubcommands().entrySet()) {
      if (needsSpark(entry.getValue())) {
        declared.add(entry.getKey());
      }
    }
    assertThat(new TreeSet<>(Arrays.asList(list.group(1).split(" ")))).isEqualTo(declared);
  }

  private static boolean needsSpark(CommandLine commandLine) {
    return commandLine.getCommand() instanceof SparkProgram
        || commandLine.getSubcommands().values().stream().anyMatch(CommandLineTest::needsSpark);
  }

  @Test
  void everyCommandHasItsOwnHelpWithADescription() throws Exception {
    String top = help("--help");
    for (String name : commandLine().getSubcommands().keySet()) {
      assertThat(top).containsPattern("(?m)^  " + name + " +\\S");
      if (!name.equals("help")) {
        assertThat(help(name, "--help")).startsWith("Usage: assay " + name).contains("--project");
      }
    }
    assertThat(help("help", "run")).contains("--parallel", "assay run +gold.daily_sales");
    assertThat(top).contains("Exit codes:", "assay demo");
  }

  @Test
  void optionsOfTheProjectStandBeforeOrAfterTheCommand() {
    for (List<String> arguments :
        List.of(
            List.of("--project", "/nowhere/at/all", "validate"),
            List.of("validate", "--project", "/nowhere/at/all"))) {
      assertThatThrownBy(
              () ->
                  Invocation.execute(commandLine(), arguments.toArray(new String[0]), stream(out)))
          .isInstanceOfSatisfying(
              AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
          .hasMessageContaining("/nowhere/at/all");
    }
  }

  @Test
  void noCommandOrAnUnknownOneIsAUsageErrorThatShowsTheWay() {
    assertUsage("which command?");
    assertUsage("status", "staus");
    assertUsage("table, records, csv, json", "sql", "SELECT 1", "--format", "xml");
    assertUsage("--parallel", "run", "--parallel", "0");
  }

  private void assertUsage(String part, String... arguments) {
    assertThatThrownBy(() -> Invocation.execute(commandLine(), arguments, stream(out)))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(part);
  }
}
