package io.assay.contract;

import io.assay.contract.QualityRules.RuleSource;
import io.assay.contract.StandardDocument.CustomProperty;
import io.assay.document.Element.Scalar;
import io.assay.document.Nearest;
import io.assay.document.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule's {@code customProperties} say to Assay; those of other tools are left alone.
 *
 * @param onFailure empty: as the rule's kind has it
 * @param on which rows are judged; empty: all that came
 */
record RuleProperties(Optional<OnFailure> onFailure, Optional<JudgedRows> on) {
  private static final String ON_FAILURE = "onFailure";
  private static final String ON = "on";
  private static final Map<String, List<String>> VALUES =
      Map.of(
          ON_FAILURE, List.of("quarantine", "hold", "warn"), ON, List.of("incoming", "published"));

  /** What a rule says; what is wrong is among the problems, and then not said. */
  static RuleProperties of(RuleSource source, Problems problems) {
    Map<String, String> said = new HashMap<>();
    List<CustomProperty> all = source.quality().customProperties();
    for (int i = 0; all != null && i < all.size(); i++) {
      if (all.get(i) != null && all.get(i).property() != null) {
        read(new Place(source, i, problems), all.get(i), said);
      }
    }
    return new RuleProperties(
        Optional.ofNullable(said.get(ON_FAILURE)).map(OnFailure::valueOf),
        Optional.ofNullable(said.get(ON)).map(JudgedRows::valueOf));
  }

  private static void read(Place place, CustomProperty property, Map<String, String> said) {
    String plain = property.property().replaceAll("[_ -]", "");
    Optional<String> meant =
        VALUES.keySet().stream().filter(key -> key.equalsIgnoreCase(plain)).findFirst();
    if (meant.isEmpty()) {
      return;
    }
    String key = meant.get();
    String text = property.value() instanceof Scalar value ? value.text() : "";
    if (!key.equals(property.property())) {
      place.problem("property", "the property is called '" + key + "'");
    } else if (said.containsKey(key)) {
      place.problem("property", "the rule says " + key + " twice");
    } else if (!VALUES.get(key).contains(text)) {
      place.problem("value", "unknown value '" + text + "'" + Nearest.hint(text, VALUES.get(key)));
    } else {
      said.put(key, text.toUpperCase(Locale.ROOT));
    }
  }

  /** One of a rule's properties. */
  private record Place(RuleSource source, int index, Problems problems) {
    void problem(String key, String message) {
      problems.add(
          source.place().at("customProperties", index, key),
          source.path() + ".customProperties[" + index + "]." + key,
          message);
    }
  }
}
