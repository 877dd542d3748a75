package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.document.Problem;
import io.assay.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What rules may be called, and are. */
class RuleNamesTest {
  private final Problems problems = new Problems();

  private Contract load(String properties, String rule) {
    return new ContractLoader(problems, Map.of())
        .load(
            "c.yaml",
            WrittenContract.HEAD
                + "    properties: [%s]\n    quality:\n      - %s\n".formatted(properties, rule),
            "t")
        .orElseThrow();
  }

  private void named(String name) {
    load(
        "{name: c, logicalType: date}",
        "{metric: rowCount, mustBeGreaterThan: 0, name: %s}".formatted(name));
  }

  @Test
  void aNameThatAssayUsesItselfIsAMistakeInItsPlace() {
    Set<String> used = new TreeSet<>(OwnRules.NAMES);
    used.addAll(Set.of("c_type", "c_key"));
    used.forEach(this::named);

    assertThat(problems.all())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrderElementsOf(
            used.stream()
                .map(
                    name ->
                        "c.yaml:10:50: schema[0].quality[0].name: '%s' is a name that Assay uses"
                                .formatted(name)
                            + " itself; choose another")
                .toList());
  }

  @Test
  void anotherNameLikeItIsNone() {
    named("too_late");
    named("d_type");

    assertThat(problems.all()).isEmpty();
  }

  @Test
  void aRuleWithoutANameGetsNoneThatAssayUsesItself() {
    Contract contract =
        load(
            "{name: key, logicalType: integer, unique: true}",
            "{metric: duplicateValues, mustBe: 0, arguments: {properties: [key]}}");

    assertThat(problems.all()).isEmpty();
    assertThat(contract.batchRules())
        .extracting(BatchRule::name)
        .containsExactly("key_unique_2", "key_unique_3");
  }

  @Test
  void theGuideNamesThem() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("assay.root")).resolve("docs/how-to/contracts.md"));

    assertThat(OwnRules.NAMES).allMatch(name -> page.contains("`" + name + "`"));
  }
}
