package io.assay.contract;

import io.assay.contract.StandardDocument.Quality;
import io.assay.document.Element;
import io.assay.document.Problems;
import java.util.Optional;

/** A rule as the contract has it. */
record RuleSource(Optional<ContractColumn> column, Quality quality, Element place, String path) {

  void problem(Problems problems, String key, String message) {
    problems.add(place.at(key), path + "." + key, message);
  }
}
