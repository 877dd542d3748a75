package io.assay.config;

import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Nearest;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.document.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layers of {@code assay.yaml}, in the one order of precedence: the defaults of the records,
 * {@code assay.yaml}, {@code env/NAME.yaml}, ASSAY_WAREHOUSE for the warehouse, {@code --set}.
 */
final class SettingsReader {
  static final String FILE = "assay.yaml";

  /** Where datasets' rows come from, by the datasets' names. */
  static final String SOURCES = "sources";

  private static final String WAREHOUSE = "ASSAY_WAREHOUSE";
  private static final String OVERLAYS = "env/";

  private final ProjectFiles files;
  private final Problems problems;

  SettingsReader(ProjectFiles files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * All layers in one document, references not yet resolved.
   *
   * @return empty if there is no readable {@code assay.yaml}, which is then among the problems
   */
  Optional<Mapping> read(String env, List<String> sets, Map<String, String> environmentVariables) {
    Optional<Mapping> main = main();
    Mapping settings = main.orElse(nothing());
    if (!env.isEmpty()) {
      settings = laid(settings, overlay(env));
    }
    String warehouse = environmentVariables.getOrDefault(WAREHOUSE, "");
    if (!warehouse.isEmpty()) {
      Position position = Position.of(WAREHOUSE);
      settings =
          settings.with(
              "warehouse", position, new Scalar(position, warehouse, Scalar.Kind.TEXT, false));
    }
    for (String set : sets) {
      Optional<SetOption> option = SetOption.read(set, problems);
      if (option.isPresent()) {
        settings = laid(settings, option.get().overlay());
      }
    }
    return main.isPresent() ? Optional.of(settings) : Optional.empty();
  }

  /**
   * One layer over another. Two kinds of source have no key in common, so a source of another kind
   * takes the place of the one below as a whole.
   */
  private static Mapping laid(Mapping below, Mapping over) {
    Mapping merged = below.overlaid(over);
    Mapping above = over.mapping(SOURCES).orElse(nothing());
    Mapping sources = merged.mapping(SOURCES).orElse(nothing());
    for (String name : above.values().keySet()) {
      Optional<Set<String>> kind = above.mapping(name).map(source -> source.values().keySet());
      if (kind.isPresent() && !kind.equals(kind(below, name))) {
        sources = sources.with(name, above.keyPosition(name), above.values().get(name));
      }
    }
    return above.values().isEmpty()
        ? merged
        : merged.with(SOURCES, merged.keyPosition(SOURCES), sources);
  }

  private static Optional<Set<String>> kind(Mapping settings, String dataset) {
    return settings
        .mapping(SOURCES)
        .flatMap(all -> all.mapping(dataset))
        .map(source -> source.values().keySet());
  }

  private Optional<Mapping> main() {
    Optional<String> text = files.text(FILE);
    if (text.isEmpty()) {
      problems.add(
          Position.startOf(FILE),
          "",
          "there is no such file, so " + files.root() + " is no project");
    }
    return text.flatMap(content -> YamlReader.read(FILE, content, problems));
  }

  private static Mapping nothing() {
    return Mapping.empty(Position.startOf(FILE));
  }

  private Mapping overlay(String env) {
    String file = OVERLAYS + env + ".yaml";
    Optional<String> text = files.text(file);
    if (text.isPresent()) {
      return YamlReader.read(file, text.get(), problems).orElse(nothing());
    }
    List<String> known =
        files.texts().keySet().stream()
            .filter(name -> name.startsWith(OVERLAYS))
            .map(name -> name.substring(OVERLAYS.length()).replaceFirst("\\.yaml$", ""))
            .toList();
    problems.add(
        Position.of("--env " + env),
        "",
        known.isEmpty()
            ? "there is no " + file + ", nor any other environment"
            : "there is no " + file + Nearest.hint(env, known) + knownList(env, known));
    return nothing();
  }

  private static String knownList(String env, List<String> known) {
    return Nearest.to(env, known).isPresent() ? " There are: " + String.join(", ", known) : "";
  }
}
