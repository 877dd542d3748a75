package io.assay.config;

import io.assay.document.Element;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Element.Sequence;
import io.assay.document.Nearest;
import io.assay.document.Paths;
import io.assay.document.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Values that stand outside the project: {@code ${env:NAME}}, {@code ${env:NAME:-default}}, {@code
 * ${file:/path}}, {@code ${credential:alias}}.
 */
final class References {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z]+):([^}]*)}");
  private static final List<String> KINDS = List.of("env", "file", "credential");
  private static final String PROVIDERS = "hadoop.security.credential.provider.path";

  private final Map<String, String> environment;
  private final Optional<String> credentialProviders;
  private final Problems problems;

  /**
   * @param credentialProviders Hadoop's list of credential providers; empty if there are none
   */
  References(
      Map<String, String> environment, Optional<String> credentialProviders, Problems problems) {
    this.environment = environment;
    this.credentialProviders = credentialProviders;
    this.problems = problems;
  }

  /** The providers that the settings name, for Hadoop or for Spark. */
  static Optional<String> credentialProviders(Mapping settings) {
    return settings
        .mapping("spark")
        .flatMap(spark -> spark.value("spark.hadoop." + PROVIDERS))
        .filter(Scalar.class::isInstance)
        .map(value -> ((Scalar) value).text());
  }

  /** The document with every reference replaced by what it stands for. */
  Mapping resolve(Mapping document) {
    return resolve(document, "", false);
  }

  private Mapping resolve(Mapping mapping, String path, boolean sensitive) {
    Map<String, Element> values = new LinkedHashMap<>();
    mapping
        .values()
        .forEach(
            (key, value) -> {
              boolean guarded =
                  sensitive || path.isEmpty() && List.of("connections", "spark").contains(key);
              Element resolved = resolve(value, Paths.key(path, key), guarded);
              values.put(
                  key,
                  guarded && Redaction.tells(key) && resolved instanceof Scalar scalar
                      ? secret(scalar, scalar.text())
                      : resolved);
            });
    return new Mapping(mapping.position(), values, mapping.keys());
  }

  private Element resolve(Element element, String path, boolean sensitive) {
    if (element instanceof Mapping mapping) {
      return resolve(mapping, path, sensitive);
    } else if (element instanceof Sequence sequence) {
      List<Element> items = new ArrayList<>();
      for (Element item : sequence.items()) {
        items.add(resolve(item, Paths.item(path, items.size()), sensitive));
      }
      return new Sequence(sequence.position(), items);
    }
    return resolve((Scalar) element, path, sensitive);
  }

  private Scalar resolve(Scalar scalar, String path, boolean sensitive) {
    Matcher matcher = REFERENCE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    boolean found = false;
    boolean secret = scalar.secret();
    while (matcher.find()) {
      Optional<String> value = value(matcher.group(1), matcher.group(2), scalar, path);
      matcher.appendReplacement(text, Matcher.quoteReplacement(value.orElse(matcher.group())));
      found = true;
      secret |= sensitive || !matcher.group(1).equals("env");
    }
    if (!found) {
      return scalar;
    }
    matcher.appendTail(text);
    return secret
        ? secret(scalar, text.toString())
        : new Scalar(scalar.position(), text.toString(), Scalar.Kind.TEXT, false);
  }

  private static Scalar secret(Scalar scalar, String text) {
    return new Scalar(scalar.position(), text, scalar.kind(), true);
  }

  private Optional<String> value(String kind, String name, Scalar place, String path) {
    switch (kind) {
      case "env":
        return fromEnvironment(name, place, path);
      case "file":
        return fromFile(name, place, path);
      case "credential":
        return fromProvider(name, place, path);
      default:
        problems.add(
            place.position(),
            path,
            "unknown reference '${" + kind + ":…}'" + Nearest.hint(kind, KINDS));
        return Optional.empty();
    }
  }

  private Optional<String> fromEnvironment(String text, Scalar place, String path) {
    int split = text.indexOf(":-");
    String name = split < 0 ? text : text.substring(0, split);
    String value = environment.get(name);
    if (value != null && !value.isEmpty()) {
      return Optional.of(value);
    } else if (split >= 0) {
      return Optional.of(text.substring(split + 2));
    }
    problems.add(
        place.position(),
        path,
        "the environment variable "
            + name
            + " is not set: set it, or give a default as in ${env:"
            + name
            + ":-value}");
    return Optional.empty();
  }

  private Optional<String> fromFile(String name, Scalar place, String path) {
    try {
      return Optional.of(
          new String(Files.readAllBytes(Path.of(name)), StandardCharsets.UTF_8).trim());
    } catch (IOException | InvalidPathException e) {
      problems.add(place.position(), path, "the file " + name + " cannot be read");
      return Optional.empty();
    }
  }

  private Optional<String> fromProvider(String alias, Scalar place, String path) {
    if (credentialProviders.isEmpty()) {
      problems.add(
          place.position(),
          path,
          "there is no credential provider: name one in spark: spark.hadoop." + PROVIDERS);
      return Optional.empty();
    }
    try {
      Configuration configuration = new Configuration();
      configuration.set(PROVIDERS, credentialProviders.get());
      char[] password = configuration.getPassword(alias);
      if (password != null) {
        return Optional.of(new String(password));
      }
      problems.add(place.position(), path, "no credential provider knows '" + alias + "'");
    } catch (IOException e) {
      problems.add(
          place.position(), path, "the credential providers cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }
}
