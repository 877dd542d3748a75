package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the very spark-submit line that stands in the Javadoc of each job's main. */
class EntryPointTest {
  private static final Pattern LINE = Pattern.compile("\\* +(spark-submit --class .*)");
  private static final Map<String, String> NAMES =
      Map.of("bronze", "events", "silver", "events", "gold", "daily");

  @TempDir private Path temporary;

  @Test
  void theLineInTheJavadocOfEachJobsMainRunsIt() throws Exception {
    SmallProject project = SmallProject.in(temporary);
    Map<String, List<String>> lines = new TreeMap<>();
    for (String module : NAMES.keySet()) {
      lines.put(module, submitLines(module));
      assertThat(lines.get(module)).as("mains of " + module).isNotEmpty();
    }
    // The mart joins customers too, so both datasets are landed and cleaned.
    for (String name : List.of("customers", "events")) {
      submit(lines.get("bronze").get(0), project, name, "bronze." + name);
      submit(lines.get("silver").get(0), project, name, "silver." + name);
    }
    submit(lines.get("gold").get(0), project, "daily", "gold.daily");
  }

  /** The lines of a module's mains; a main without one is a failure. */
  private static List<String> submitLines(String module) throws IOException {
    List<String> lines = new ArrayList<>();
    Path sources = Installation.root().resolve(module + "/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(EntryPointTest::startsAJob).toList()) {
        Matcher line = LINE.matcher(Files.readString(file));
        assertThat(line.find()).as("spark-submit line in " + file).isTrue();
        String name = sources.relativize(file).toString();
        assertThat(line.group(1))
            .contains(" --class " + name.replace(".java", "").replace('/', '.') + " ");
        lines.add(line.group(1));
      }
    }
    return lines;
  }

  private static boolean startsAJob(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("JobMain.run(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void submit(String line, SmallProject project, String name, String table)
      throws IOException, InterruptedException {
    Path root = Installation.root();
    List<String> command = new ArrayList<>(List.of(line.strip().split("\\s+")));
    command.set(command.indexOf("assay.jar"), root.resolve("app/target/assay.jar").toString());
    command.set(command.indexOf("--project") + 1, project.folder().toString());
    command.set(command.size() - 1, name);
    command.remove(0);
    AssayProcess.Ended ended = AssayProcess.submit(project, command);
    assertThat(ended.status()).as(ended.text()).isZero();
    assertThat(ended.text()).containsPattern("(?m)^" + table + " +succeeded");
  }
}
