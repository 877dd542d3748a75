package io.assay.contract;

import io.assay.contract.AnomalyProperty.Anomaly;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.RuleProperties.Anomalous;
import io.assay.contract.StandardDocument.Quality;
import io.assay.contract.StandardDocument.RuleType;
import io.assay.document.Element;
import io.assay.document.Problems;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.measure.MergeableMeasures;
import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a contract's quality sections: what one row can break becomes a row rule, the rest a
 * batch rule.
 */
final class QualityRules {
  private final Problems problems;
  private final RuleNames names;
  private final Map<String, ContractColumn> columns;
  private final Map<String, SqlFunction> functions;
  private final LibraryRules library;
  private final SqlRules sql;
  private final DeequRules deequ;

  final List<RowRule> rowRules = new ArrayList<>();
  final List<BatchRule> batchRules = new ArrayList<>();

  QualityRules(
      Problems problems,
      RuleNames names,
      Map<String, ContractColumn> columns,
      Map<String, SqlFunction> functions) {
    this.problems = problems;
    this.names = names;
    this.columns = columns;
    this.functions = functions;
    this.library = new LibraryRules(problems, columns);
    this.sql = new SqlRules(problems, columns, functions);
    this.deequ = new DeequRules(problems, columns, functions);
  }

  /**
   * Adds a rule.
   *
   * @param column whose rule it is; empty: the table's
   */
  void add(Optional<ContractColumn> column, Quality quality, Element place, String path) {
    if (quality == null || quality.type() == null) {
      return;
    }
    RuleSource source = new RuleSource(column, quality, place, path);
    if (quality.type() != RuleType.LIBRARY
        && quality.unit() != null
        && quality.unit().isPresent()) {
      source.problem(problems, "unit", "only the standard's metrics have a unit");
      return;
    }
    Optional<Judgement> judgement =
        switch (quality.type()) {
          case TEXT -> Optional.empty();
          case LIBRARY -> library.read(source);
          case SQL -> sql.read(source);
          case CUSTOM -> deequ.read(source);
        };
    RuleProperties properties = RuleProperties.of(source, problems);
    judgement.ifPresent(what -> add(source, what, properties));
  }

  private void add(RuleSource source, Judgement judgement, RuleProperties properties) {
    OnFailure onFailure =
        properties
            .onFailure()
            .orElse(judgement.row().isPresent() ? OnFailure.QUARANTINE : OnFailure.HOLD);
    String name =
        names.of(source.quality().name(), judgement.name(), source.place(), source.path());
    Optional<String> objection = objection(judgement, onFailure, properties.on());
    if (objection.isPresent()) {
      mistake(source, objection.get());
    } else if (judgement.row().isPresent() && onFailure != OnFailure.HOLD) {
      rowRules.add(rowRule(source, judgement, name, onFailure));
    } else {
      batchRules.add(
          batchRule(
              source,
              judgement,
              properties,
              name,
              new Bounded(judgement.threshold(), onFailure, judgement.deviation())));
    }
    properties
        .anomaly()
        .flatMap(said -> anomaly(source, judgement, properties, said))
        .ifPresent(
            found -> {
              String own = name + "_" + found.deviation().kind().word();
              batchRules.add(
                  batchRule(
                      source,
                      judgement,
                      properties,
                      names.of(Optional.empty(), own, source.place(), source.path()),
                      new Bounded(
                          found.threshold(), found.onFailure(), Optional.of(found.deviation()))));
            });
  }

  /** What a measured value may be, or how far it may be from earlier ones, and what if not. */
  private record Bounded(Threshold threshold, OnFailure onFailure, Optional<Deviation> deviation) {}

  private RowRule rowRule(
      RuleSource source, Judgement judgement, String name, OnFailure onFailure) {
    Optional<String> column =
        RowForm.column(judgement.measure()).or(() -> source.column().map(ContractColumn::name));
    String condition = judgement.row().orElseThrow();
    return new RowRule(
        name,
        column,
        condition,
        dimension(source, judgement),
        onFailure,
        description(source, judgement),
        SqlExpressions.used(condition, functions));
  }

  private static BatchRule batchRule(
      RuleSource source,
      Judgement judgement,
      RuleProperties properties,
      String name,
      Bounded bounded) {
    return new BatchRule(
        name,
        judgement.measure(),
        bounded.threshold(),
        dimension(source, judgement),
        bounded.onFailure(),
        description(source, judgement),
        properties.on().orElse(JudgedRows.INCOMING),
        bounded.deviation());
  }

  private static String description(RuleSource source, Judgement judgement) {
    return Optional.ofNullable(source.quality().description())
        .flatMap(given -> given)
        .orElse(judgement.description());
  }

  /** Why a rule cannot be; empty if it can. */
  private static Optional<String> objection(
      Judgement judgement, OnFailure onFailure, Optional<JudgedRows> on) {
    if (judgement.row().isPresent() && onFailure != OnFailure.HOLD) {
      return on.map(
          rows -> "each row is judged once, as it comes: leave out 'on', or write onFailure: hold");
    } else if (onFailure == OnFailure.QUARANTINE) {
      return Optional.of(
          "this rule judges a whole batch, so no single row can go to quarantine: write hold or"
              + " warn");
    }
    return on.filter(rows -> rows == JudgedRows.TABLE)
        .flatMap(rows -> MergeableMeasures.objection(judgement.measure()))
        .map(
            "a rule on the table adds each batch to what is known of the rows before, which cannot be: %s; judge the batch, with 'on': published, or put the rule on a mart"
                ::formatted);
  }

  private Optional<Anomaly> anomaly(
      RuleSource source, Judgement judgement, RuleProperties properties, Anomalous said) {
    if (source.quality().type() == RuleType.CUSTOM) {
      mistake(source, "write 'anomaly' into the implementation");
      return Optional.empty();
    }
    OnFailure usual =
        properties.onFailure().filter(own -> own != OnFailure.QUARANTINE).orElse(OnFailure.HOLD);
    return new AnomalyProperty(said, columns, problems).read(judgement.measure(), usual);
  }

  private static Optional<String> dimension(RuleSource source, Judgement judgement) {
    return Optional.ofNullable(source.quality().dimension())
        .flatMap(given -> given)
        .map(given -> given.name().toLowerCase(Locale.ROOT))
        .or(judgement::dimension);
  }

  private void mistake(RuleSource source, String message) {
    problems.add(
        source.place().at("customProperties"), source.path() + ".customProperties", message);
  }
}
