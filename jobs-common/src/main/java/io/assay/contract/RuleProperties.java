package io.assay.contract;

import io.assay.contract.StandardDocument.CustomProperty;
import io.assay.document.Element.Mapping;
import io.assay.document.Element.Scalar;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rule's {@code customProperties} say to Assay; those of other tools are left alone.
 *
 * @param onFailure empty: as the rule's kind has it
 * @param on which rows are judged; empty: all that came
 * @param anomaly how what is measured is compared with earlier batches; empty: it is not
 */
record RuleProperties(
    Optional<OnFailure> onFailure, Optional<JudgedRows> on, Optional<Anomalous> anomaly) {
  private static final String ON_FAILURE = "onFailure";
  private static final String ON = "on";
  private static final Map<String, List<String>> VALUES =
      Map.of(
          ON_FAILURE,
          List.of("quarantine", "hold", "warn"),
          ON,
          List.of("incoming", "published", "table"));

  /** What a rule says; what is wrong is among the problems, and then not said. */
  static RuleProperties of(RuleSource source, Problems problems) {
    Map<String, String> said = new HashMap<>();
    Map<String, Anomalous> anomalies = new HashMap<>();
    List<CustomProperty> all = source.quality().customProperties();
    for (int i = 0; all != null && i < all.size(); i++) {
      if (all.get(i) != null && all.get(i).property() != null) {
        Place place = new Place(source, i, problems);
        CustomProperty property = all.get(i);
        Optional<String> key = key(place, property);
        if (key.isEmpty()) {
          continue;
        } else if (said.containsKey(key.get()) || anomalies.containsKey(key.get())) {
          place.problem("property", "the rule says " + key.get() + " twice");
        } else if (key.get().equals(AnomalyProperty.NAME)) {
          anomaly(place, property).ifPresent(found -> anomalies.put(key.get(), found));
        } else {
          word(place, key.get(), property).ifPresent(found -> said.put(key.get(), found));
        }
      }
    }
    return new RuleProperties(
        Optional.ofNullable(said.get(ON_FAILURE)).map(OnFailure::valueOf),
        Optional.ofNullable(said.get(ON)).map(JudgedRows::valueOf),
        Optional.ofNullable(anomalies.get(AnomalyProperty.NAME)));
  }

  /** Which of the known properties it is. */
  private static Optional<String> key(Place place, CustomProperty property) {
    String plain = property.property().replaceAll("[_ -]", "");
    Optional<String> meant =
        Stream.concat(VALUES.keySet().stream(), Stream.of(AnomalyProperty.NAME))
            .filter(key -> key.equalsIgnoreCase(plain))
            .findFirst();
    if (meant.isPresent() && !meant.get().equals(property.property())) {
      place.problem("property", "the property is called '" + meant.get() + "'");
      return Optional.empty();
    }
    return meant;
  }

  private static Optional<String> word(Place place, String key, CustomProperty property) {
    String text = property.value() instanceof Scalar value ? value.text() : "";
    if (!VALUES.get(key).contains(text)) {
      place.problem("value", "unknown value '" + text + "'" + Nearest.hint(text, VALUES.get(key)));
      return Optional.empty();
    }
    return Optional.of(text.toUpperCase(Locale.ROOT));
  }

  private static Optional<Anomalous> anomaly(Place place, CustomProperty property) {
    if (property.value() instanceof Mapping mapping) {
      return Optional.of(new Anomalous(mapping, place.path("value")));
    }
    place.problem(
        "value", "expected keys with values: kind, and an operator such as mustBeBetween");
    return Optional.empty();
  }

  /** The property {@code anomaly}, as a rule has it: its value, and where in the document. */
  record Anomalous(Mapping value, String path) {}

  /** One of a rule's properties. */
  private record Place(RuleSource source, int index, Problems problems) {
    void problem(String key, String message) {
      problems.add(source.place().at("customProperties", index, key), path(key), message);
    }

    String path(String key) {
      return source.path() + ".customProperties[" + index + "]." + key;
    }
  }
}
