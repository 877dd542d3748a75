package io.assay.config;

import io.assay.contract.Contract;
import io.assay.contract.JudgedRows;
import io.assay.document.Problems;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** Whether rules on the table stand where rows are only ever added to it. */
record TableRuleCheck(Path root, Problems problems) {

  void check(Map<String, Dataset> datasets, Map<String, Mart> marts) {
    datasets.values().stream()
        .filter(dataset -> keepsHistory(dataset.pipeline()))
        .forEach(dataset -> check(dataset.folder(), dataset.contract(), told(dataset.pipeline())));
    marts
        .values()
        .forEach(
            mart ->
                check(
                    mart.folder(),
                    mart.contract(),
                    "a mart is written anew, and its rules judge all of it: leave out 'on'"));
  }

  /** What could not be read of a pipeline was reported. */
  private static boolean keepsHistory(DatasetPipeline pipeline) {
    return pipeline != null
        && pipeline.history() != null
        && pipeline.history().keep() != null
        && pipeline.history().keep() != History.Keep.NONE;
  }

  private static String told(DatasetPipeline pipeline) {
    return "a rule on the table adds rows to those that are known, and with history.keep: %s rows change later: judge the batch, with 'on': published, or put the rule on a mart"
        .formatted(pipeline.history().keep().name().toLowerCase(Locale.ROOT));
  }

  private void check(Path folder, Contract contract, String message) {
    if (contract != null) {
      contract.batchRules().stream()
          .filter(rule -> rule.on() == JudgedRows.TABLE)
          .forEach(
              rule ->
                  problems.add(
                      Folders.contract(root, folder), "", "rule " + rule.name() + ": " + message));
    }
  }
}
