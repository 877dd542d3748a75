package io.assay.contract;

import io.assay.document.Element;
import io.assay.document.Problems;
import io.assay.table.TableName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Gives every rule of a contract a name of its own. */
final class RuleNames {
  private final Problems problems;
  private final Set<String> own = new HashSet<>(OwnRules.NAMES);
  private final Set<String> taken = new HashSet<>();

  RuleNames(Problems problems) {
    this.problems = problems;
  }

  /** Keeps the names of rules that Assay itself has of a column. */
  void reserve(String column) {
    own.addAll(OwnRules.of(column));
  }

  /** The name that the contract gives, which must be free; or a generated one, made free. */
  String of(Optional<String> given, String generated, Element place, String path) {
    if (given == null || given.isEmpty()) {
      String name = generated;
      for (int i = 2; own.contains(name) || !taken.add(name); i++) {
        name = generated + "_" + i;
      }
      return name;
    }
    if (!TableName.IDENTIFIER.matcher(given.get()).matches()) {
      problems.add(
          place.at("name"),
          path + ".name",
          "a rule's name is lower-case letters, digits and underscores, not '" + given.get() + "'");
    } else if (own.contains(given.get())) {
      problems.add(
          place.at("name"),
          path + ".name",
          "'" + given.get() + "' is a name that Assay uses itself; choose another");
    } else if (!taken.add(given.get())) {
      problems.add(
          place.at("name"), path + ".name", "there is another rule named '" + given.get() + "'");
    }
    return given.get();
  }
}
