package io.assay.app.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assay.quality.profile.ColumnProfile;
import io.assay.quality.profile.Suggestion;
import java.util.Locale;
import org.apache.spark.sql.types.StringType;

/**
 * The rules of a column that are proposed in a contract. Each says what it was seen in, and only
 * warns: that the rows of a file keep it does not mean that all rows must.
 */
final class ProposedRules {
  /** Longer lists of values are no list that a person would have written. */
  private static final int VALUES = 25;

  private final String file;
  private final long rows;

  /**
   * @param file where the rows come from, as descriptions name it
   * @param rows how many were profiled
   */
  ProposedRules(String file, long rows) {
    this.file = file;
    this.rows = rows;
  }

  /** The rules as the contract's {@code quality} has them; perhaps none. */
  ArrayNode of(ProposedColumn column, ColumnProfile profile, boolean key) {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    for (Suggestion suggestion : profile.suggestions()) {
      if (suggestion instanceof Suggestion.Complete && !key) {
        complete(rules, column);
      } else if (suggestion instanceof Suggestion.MostlyComplete most && profile.present() > 0) {
        mostlyComplete(rules, column, profile, most.share());
      } else if (suggestion instanceof Suggestion.Unique && key) {
        unique(rules, column);
      } else if (suggestion instanceof Suggestion.NonNegative) {
        notNegative(rules, column);
      } else if (suggestion instanceof Suggestion.Among among) {
        among(rules, column, among);
      }
    }
    return rules;
  }

  private void complete(ArrayNode rules, ProposedColumn column) {
    rule(
            rules,
            column.name() + "_complete",
            "completeness",
            "A guess: every one of the %s has a value.".formatted(seen()))
        .put("metric", "nullValues")
        .put("mustBe", 0);
  }

  private void mostlyComplete(
      ArrayNode rules, ProposedColumn column, ColumnProfile profile, double share) {
    int percent = (int) Math.round(100 * (1 - share));
    if (percent >= 100) {
      return;
    }
    rule(
            rules,
            column.name() + "_mostly_complete",
            "completeness",
            "A guess: %,d of the %s have no value; if they are a fair sample, up to %d %% may have none."
                .formatted(rows - profile.present(), seen(), percent))
        .put("metric", "nullValues")
        .put("unit", "percent")
        .put("mustBeLessOrEqualTo", percent);
  }

  private void unique(ArrayNode rules, ProposedColumn column) {
    rule(
            rules,
            column.name() + "_unique",
            "uniqueness",
            "A guess: no value stands twice in the %s.".formatted(seen()))
        .put("metric", "duplicateValues")
        .put("mustBe", 0);
  }

  private void notNegative(ArrayNode rules, ProposedColumn column) {
    ObjectNode rule =
        rule(
            rules,
            column.name() + "_not_negative",
            "conformity",
            "A guess: none of the numbers in the %s is negative.".formatted(seen()));
    rule.put("type", "sql").put("query", "${property} >= 0").put("mustBe", true);
  }

  /** Values of a column that may be personal are not written down. */
  private void among(ArrayNode rules, ProposedColumn column, Suggestion.Among among) {
    if (!(column.type().type() instanceof StringType)
        || column.personal().isPresent()
        || among.values().size() > VALUES) {
      return;
    }
    ObjectNode rule =
        rule(
            rules,
            column.name() + "_known",
            "conformity",
            "A guess: the %s hold these values and no others; take out what is wrong, add what may come."
                .formatted(seen()));
    ArrayNode values =
        rule.put("metric", "invalidValues").putObject("arguments").putArray("validValues");
    among.values().stream().sorted().forEach(values::add);
    rule.put("mustBe", 0);
  }

  private ObjectNode rule(ArrayNode rules, String name, String dimension, String description) {
    ObjectNode rule =
        rules
            .addObject()
            .put("name", name)
            .put("type", "library")
            .put("dimension", dimension)
            .put("description", description);
    rule.putArray("customProperties").addObject().put("property", "onFailure").put("value", "warn");
    return rule;
  }

  private String seen() {
    return String.format(Locale.ROOT, "%,d rows of %s", rows, file);
  }
}
