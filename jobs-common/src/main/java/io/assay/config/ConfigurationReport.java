package io.assay.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.document.Shape;
import io.assay.document.Shape.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration that is in force, as YAML: settings and pipelines, defaults filled in, secrets
 * left out, and behind every value where it comes from.
 */
public final class ConfigurationReport {
  private final StringBuilder yaml = new StringBuilder();

  private ConfigurationReport() {}

  /**
   * The report of a project; takes what {@link ProjectLoader#load} takes.
   *
   * @return YAML: {@code settings}, {@code datasets} by name, {@code marts} by name
   * @throws ConfigurationException if the project has mistakes
   */
  public static String of(
      ProjectLocation location,
      String env,
      List<String> sets,
      Map<String, String> environmentVariables) {
    Project project = ProjectLoader.load(location, env, sets, environmentVariables);
    ProjectFiles files = ProjectFiles.read(location);
    Problems problems = new Problems();
    Optional<Mapping> written =
        new SettingsReader(files, problems).read(env, sets, environmentVariables);
    Reading reading = ProjectLoader.reading(files, written, environmentVariables, problems);
    Mapping settings = reading.references().resolve(written.orElseThrow());

    ConfigurationReport report = new ConfigurationReport();
    report.section("settings", ProjectShapes.SETTINGS, Map.of("", settings));
    Map<String, Mapping> datasets = new TreeMap<>();
    DatasetsReader reader = new DatasetsReader(reading, settings, project.functions());
    project
        .datasets()
        .forEach(
            (name, dataset) ->
                reader
                    .document(name, below(project, dataset.folder()))
                    .ifPresent(document -> datasets.put(name, document)));
    report.section("datasets", ProjectShapes.DATASET, datasets);
    Map<String, Mapping> marts = new TreeMap<>();
    project
        .marts()
        .forEach(
            (name, mart) -> {
              String file = below(project, mart.folder()) + "/" + MartsReader.PIPELINE;
              marts.put(name, reading.document(file).orElse(Mapping.empty(Position.of(file))));
            });
    report.section("marts", ProjectShapes.MART, marts);
    return report.yaml.toString();
  }

  private static String below(Project project, org.apache.hadoop.fs.Path folder) {
    return folder.toUri().getPath().substring(project.root().toUri().getPath().length() + 1);
  }

  private void section(String title, Shape shape, Map<String, Mapping> documents) {
    if (documents.isEmpty()) {
      return;
    }
    yaml.append(title).append(":\n");
    documents.forEach(
        (name, document) -> {
          if (!name.isEmpty()) {
            yaml.append("  ").append(name).append(":\n");
          }
          int heading = yaml.length();
          fields((Shape.Fields) shape, document, name.isEmpty() ? 1 : 2);
          if (yaml.length() == heading) {
            yaml.insert(heading - 1, " {}");
          }
        });
  }

  private void fields(Shape.Fields shape, Mapping document, int depth) {
    for (Field field : shape.fields()) {
      Optional<Element> value = document.value(field.key());
      if (value.isPresent() && !(field.shape() instanceof Shape.Fields)) {
        written(field.key(), value.get(), field.shape(), depth);
      } else if (field.shape() instanceof Shape.Fields below
          && !(field.optional() && value.isEmpty())) {
        int before = yaml.length();
        indent(depth).append(field.key()).append(":\n");
        int heading = yaml.length();
        fields(below, document.mapping(field.key()).orElse(nothing()), depth + 1);
        if (yaml.length() == heading) {
          yaml.setLength(before);
        }
      } else {
        field
            .writtenFallback()
            .ifPresent(json -> line(field.key(), quoted(json), "default", depth));
      }
    }
  }

  private static Mapping nothing() {
    return Mapping.empty(Position.of("default"));
  }

  private void written(String key, Element value, Shape shape, int depth) {
    if (value instanceof Mapping mapping) {
      indent(depth).append(text(key)).append(":\n");
      for (Map.Entry<String, Element> entry : mapping.values().entrySet()) {
        Shape below = below(shape, entry.getKey());
        if (below instanceof Shape.Fields fields && entry.getValue() instanceof Mapping part) {
          indent(depth + 1).append(text(entry.getKey())).append(":\n");
          fields(fields, part, depth + 2);
        } else {
          written(entry.getKey(), entry.getValue(), below, depth + 1);
        }
      }
    } else {
      line(key, shown(value), value.position().inShort(), depth);
    }
  }

  private static Shape below(Shape shape, String key) {
    if (shape instanceof Shape.MapOf map) {
      return map.value();
    }
    return shape instanceof Shape.OneOf oneOf ? oneOf.kinds().get(key) : shape;
  }

  private static String shown(Element value) {
    if (value instanceof Sequence sequence) {
      return "["
          + String.join(", ", sequence.items().stream().map(ConfigurationReport::shown).toList())
          + "]";
    }
    Scalar scalar = (Scalar) value;
    String shown = scalar.secret() ? Scalar.REDACTED : Redaction.uri(scalar.text());
    return scalar.kind() == Scalar.Kind.TEXT || scalar.secret() ? text(shown) : shown;
  }

  private static String quoted(JsonNode json) {
    return json.isTextual() ? text(json.asText()) : json.asText();
  }

  /** Plain words stay plain; the rest is in double quotes, as JSON writes them. */
  private static String text(String text) {
    return text.matches("[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
            && !text.matches("(?i)true|false|yes|no|on|off|null|y|n")
        ? text
        : com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  private void line(String key, String value, String origin, int depth) {
    indent(depth).append(text(key)).append(": ").append(value).append("  # ").append(origin);
    yaml.append('\n');
  }

  private StringBuilder indent(int depth) {
    return yaml.append("  ".repeat(depth));
  }
}
