package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The analysts' notebooks as they are kept. What they say is compared with the marts where there
 * are tables: by {@link GoldReadersTest} and {@link OnlineRetailTest}.
 */
class NotebooksTest {
  private static final Path FOLDER = Installation.root().resolve("notebooks");
  private static final Path PICTURES = Installation.root().resolve("docs/images/notebooks");
  private static final Pattern SHOWN = Pattern.compile("\\(\\.\\./images/notebooks/([^)]+)\\)");
  private static final Pattern LAYER =
      Pattern.compile("\\b(bronze|silver|quarantine|gold|ops)/", Pattern.CASE_INSENSITIVE);

  @Test
  void notebooksAreKeptWithoutResults() throws IOException {
    List<String> results = new ArrayList<>();
    for (Path file : notebooks()) {
      for (JsonNode cell : cells(file)) {
        if (!cell.path("outputs").isEmpty() || cell.path("execution_count").isNumber()) {
          results.add(file.getFileName() + ": " + cell.path("id").asText());
        }
      }
    }

    assertThat(notebooks()).hasSize(4);
    assertThat(results).isEmpty();
  }

  @Test
  void notebooksReadOnlyGoldAndOps() throws IOException {
    Set<String> layers = new TreeSet<>();
    for (Path file : notebooks()) {
      for (JsonNode cell : cells(file)) {
        if (cell.path("cell_type").asText().equals("code")) {
          Matcher layer = LAYER.matcher(source(cell));
          layer.results().forEach(found -> layers.add(found.group(1)));
        }
      }
    }

    assertThat(layers).containsExactly("gold", "ops");
  }

  @Test
  void theDocumentationShowsAPictureOfEveryCellThatDraws() throws IOException {
    Set<String> drawn = new TreeSet<>();
    for (Path file : notebooks()) {
      String name = file.getFileName().toString().replace(".ipynb", "");
      for (JsonNode cell : cells(file)) {
        if (source(cell).contains("plt.show()")) {
          drawn.add(name + "-" + cell.path("id").asText() + ".png");
        }
      }
    }
    Set<String> shown = new TreeSet<>();
    Matcher page =
        SHOWN.matcher(Files.readString(Installation.root().resolve("docs/how-to/notebooks.md")));
    page.results().forEach(found -> shown.add(found.group(1)));

    assertThat(shown).isEqualTo(drawn);
    try (Stream<Path> files = Files.list(PICTURES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  @Test
  void theCommandNamesTheNotebooksThatThereAreAndInstallsNothingForAnother() throws Exception {
    Process process =
        new ProcessBuilder(Installation.root().resolve("bin/notebooks").toString(), "nonsense")
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said.lines()).singleElement().asString().contains("nonsense", "online_retail.ipynb");
  }

  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static JsonNode cells(Path notebook) throws IOException {
    return new ObjectMapper().readTree(notebook.toFile()).path("cells");
  }

  private static String source(JsonNode cell) {
    StringBuilder source = new StringBuilder();
    cell.path("source").forEach(line -> source.append(line.asText()));
    return source.toString();
  }
}
