package io.assay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that tells newcomers which class does what, held against the sources. */
class ArchitectureDocumentTest {
  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\|[^|]*\\|([^|]*)\\| (`[a-z.]+`(?:, `[a-z.]+`)*) \\|$");
  private static final Pattern SOURCE =
      Pattern.compile(".*/src/(?:main|test)/java/(io/assay/.*)/(\\w+)\\.java");
  private static final Pattern PACKAGE = Pattern.compile("`([a-z.]+)`");

  @Test
  void everyClassThatTheArchitectureNamesExists() throws IOException {
    assertThat(names(CLASS, page())).hasSizeGreaterThan(50).isSubsetOf(sources().keySet());
  }

  @Test
  void everyClassStandsInAPackageOfItsRow() throws IOException {
    Map<String, Set<String>> sources = sources();
    List<MatchResult> rows = ROW.matcher(page()).results().toList();
    assertThat(rows).hasSizeGreaterThan(30);
    for (MatchResult row : rows) {
      Set<String> packages =
          names(PACKAGE, row.group(2)).stream()
              .map(name -> "io.assay." + name)
              .collect(Collectors.toSet());
      for (String name : names(CLASS, row.group(1))) {
        assertThat(sources.get(name)).as(name).containsAnyElementsOf(packages);
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(Installation.root().resolve("docs/architecture.md"));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages that hold a class of a name, by that name. */
  private static Map<String, Set<String>> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Installation.root())) {
      return files
          .map(Path::toString)
          .map(SOURCE::matcher)
          .filter(Matcher::matches)
          .collect(
              Collectors.groupingBy(
                  file -> file.group(2),
                  Collectors.mapping(file -> file.group(1).replace('/', '.'), Collectors.toSet())));
    }
  }
}
