package io.assay.document;

import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one YAML document with the place of everything in it. */
public final class YamlReader {
  private static final int DEPTH = 50;

  private final String file;
  private final Problems problems;

  private YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads a file whose top is a mapping.
   *
   * @param file as problems name it
   * @return empty if it is no YAML or no mapping, which is then among the problems; a file without
   *     content is an empty mapping
   */
  public static Optional<Mapping> read(String file, String text, Problems problems) {
    return read(text, new YamlReader(file, problems))
        .flatMap(
            element -> {
              if (element instanceof Mapping mapping) {
                return Optional.of(mapping);
              }
              problems.add(element.position(), "", "expected keys with values");
              return Optional.empty();
            });
  }

  /** Reads one value, as an option of the command line gives it. */
  public static Optional<Element> readValue(String origin, String text, Problems problems) {
    return read(text, new YamlReader(origin, problems));
  }

  private static Optional<Element> read(String text, YamlReader reader) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setNestingDepthLimit(DEPTH);
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      return Optional.of(
          node == null
              ? Mapping.empty(Position.startOf(reader.file))
              : reader.element(node, "", 0));
    } catch (MarkedYAMLException e) {
      Position position =
          e.getProblemMark() == null
              ? Position.startOf(reader.file)
              : reader.position(e.getProblemMark());
      reader.problems.add(position, "", "not valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      reader.problems.add(Position.startOf(reader.file), "", "not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Element element(Node node, String path, int depth) {
    if (depth > DEPTH) {
      throw new YAMLException("nested deeper than " + DEPTH + " levels");
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<Element> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(element(item, Paths.item(path, items.size()), depth + 1));
      }
      return new Sequence(position(node.getStartMark()), items);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(position(node.getStartMark()), scalar.getValue(), kind(scalar), false);
  }

  private Mapping mapping(MappingNode node, String path, int depth) {
    Map<String, Element> values = new LinkedHashMap<>();
    Map<String, Position> keys = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Position at = position(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(at, path, "a key must be plain text");
        continue;
      }
      String key = keyNode.getValue();
      String keyPath = Paths.key(path, key);
      Position first = keys.putIfAbsent(key, at);
      if (first != null) {
        problems.add(at, keyPath, "the key is there twice; first in line " + first.line());
        continue;
      }
      values.put(key, element(tuple.getValueNode(), keyPath, depth + 1));
    }
    return new Mapping(position(node.getStartMark()), values, keys);
  }

  private static Scalar.Kind kind(ScalarNode node) {
    Tag tag = node.getTag();
    if (tag.equals(Tag.INT)) {
      return Scalar.Kind.WHOLE;
    } else if (tag.equals(Tag.FLOAT)) {
      return Scalar.Kind.NUMBER;
    } else if (tag.equals(Tag.BOOL)) {
      return Scalar.Kind.BOOLEAN;
    } else if (tag.equals(Tag.TIMESTAMP)) {
      return Scalar.Kind.TIMESTAMP;
    } else if (tag.equals(Tag.NULL)) {
      return Scalar.Kind.NULL;
    }
    return Scalar.Kind.TEXT;
  }

  private Position position(Mark mark) {
    return file.startsWith("--")
        ? Position.of(file)
        : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
