package io.assay.contract;

import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.contract.Constraint.Argument;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.anomaly.Deviation.Kind;
import io.assay.quality.anomaly.Deviation.Season;
import io.assay.quality.measure.Range;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rule says of how its value is compared with those of earlier batches. */
final class DeviationArguments {
  /** Which kind it is, in an implementation. */
  static final String ANOMALY = "anomaly";

  private static final String MINIMUM = "minimum";
  private static final String HISTORY = "history";
  private static final String SEASON = "season";
  private static final String TIMEZONE = "timezone";
  private static final String TIME = "time";
  private static final int USUAL_HISTORY = 30;

  /** Twelve or thirteen of the same day, if a batch is a day. */
  private static final int USUAL_SEASONS = 90;

  private static final int MOST_HISTORY = 1000;
  private static final Set<Operator> ENDS =
      Set.of(
          Operator.MUST_BE_BETWEEN,
          Operator.MUST_BE_GREATER_OR_EQUAL_TO,
          Operator.MUST_BE_LESS_OR_EQUAL_TO);
  private static final Map<String, Kind> KINDS =
      Stream.of(Kind.values()).collect(Collectors.toMap(Kind::key, kind -> kind));

  /** Every argument but the kind, for the reference. */
  static final List<Argument> ALL =
      List.of(
          new Argument(
              MINIMUM,
              "earlier values that it takes before the rule says anything; 1 for changes, 7"
                  + " otherwise, if not given"),
          new Argument(
              HISTORY,
              ("earlier batches that are looked at, at most %d; %d if not given, with a season %d. With"
                      + " `season: weekly` those of daily batches are seven times `minimum` at"
                      + " least, or the rule never says anything")
                  .formatted(MOST_HISTORY, USUAL_HISTORY, USUAL_SEASONS)),
          new Argument(SEASON, "`weekly`: only batches of the same day of the week are alike"),
          new Argument(TIMEZONE, "in which the days of a season begin; UTC if not given"),
          new Argument(
              TIME,
              "a date or timestamp column whose newest value places the batch in its season, values"
                  + " ahead of the batch's own time left out; that time if none is left or no"
                  + " column given"));

  private final RuleArguments arguments;
  private final String kindKey;

  /**
   * @param kindKey what says of which kind it is
   */
  DeviationArguments(RuleArguments arguments, String kindKey) {
    this.arguments = arguments;
    this.kindKey = kindKey;
  }

  static List<String> keys(String kindKey) {
    return Stream.concat(Stream.of(kindKey), ALL.stream().map(Argument::key)).toList();
  }

  /** Whether the rule compares with earlier batches. */
  boolean given() {
    return arguments.has(kindKey);
  }

  /** Whether nothing is said that only such a rule can say; if it is, that is a problem. */
  boolean absent() {
    List<String> stray = keys(kindKey).stream().filter(arguments::has).toList();
    stray.forEach(
        key -> arguments.problem(key, "only a rule with '" + kindKey + "' has '" + key + "'"));
    return stray.isEmpty();
  }

  /**
   * What is said; empty if it is wrong, which is then among the problems.
   *
   * @param measured where the values lie that are compared
   */
  Optional<Deviation> read(Threshold threshold, Range measured) {
    Optional<Kind> kind = arguments.oneOf(kindKey, "anomaly", sortedKinds()).map(KINDS::get);
    if (kind.isEmpty() || !fits(kind.get(), threshold, measured)) {
      return Optional.empty();
    }
    int least = kind.get().least();
    int usual = arguments.has(SEASON) ? USUAL_SEASONS : USUAL_HISTORY;
    Optional<Integer> history = arguments.whole(HISTORY, usual, least, MOST_HISTORY);
    Optional<Integer> minimum =
        history.flatMap(
            most -> arguments.whole(MINIMUM, Math.min(kind.get().usual(), most), least, most));
    if (minimum.isEmpty()) {
      return Optional.empty();
    }
    Deviation plain = new Deviation(kind.get(), minimum.get(), history.get(), Optional.empty());
    return arguments.has(SEASON)
        ? season().map(plain::in)
        : Optional.of(plain).filter(none -> withoutSeason());
  }

  private static List<String> sortedKinds() {
    return KINDS.keySet().stream().sorted().toList();
  }

  /** A deviation has ends, which one can meet; and a value like the earlier ones is in order. */
  private boolean fits(Kind kind, Threshold threshold, Range measured) {
    String operator = Operators.in(arguments.mapping()).get(0);
    if (!ENDS.contains(threshold.operator())) {
      arguments.problem(
          operator,
          "a deviation is bounded by mustBeBetween, mustBeGreaterOrEqualTo or"
              + " mustBeLessOrEqualTo");
      return false;
    } else if (kind.centred() && !threshold.holds(0)) {
      arguments.problem(
          operator, "a value like the earlier ones has 0; give a bound that 0 can meet");
      return false;
    }
    double width = measured.most() - measured.least();
    return kind != Kind.ABSOLUTE_CHANGE
        || Operators.fits(
            threshold,
            new Range(-width, width),
            arguments.mapping(),
            arguments.path(),
            arguments.problems());
  }

  private boolean withoutSeason() {
    List<String> stray = Stream.of(TIMEZONE, TIME).filter(arguments::has).toList();
    stray.forEach(key -> arguments.problem(key, "only a rule with 'season' has '" + key + "'"));
    return stray.isEmpty();
  }

  private Optional<Season> season() {
    Optional<String> weekly = arguments.oneOf(SEASON, "season", List.of("weekly"));
    Optional<ZoneId> zone = zone();
    Optional<List<ContractColumn>> time = arguments.columns(TIME);
    if (weekly.isEmpty() || zone.isEmpty() || time.isEmpty() || !tellsTime(time.get())) {
      return Optional.empty();
    }
    return Optional.of(
        new Season(zone.get(), time.get().stream().map(ContractColumn::name).findFirst()));
  }

  private boolean tellsTime(List<ContractColumn> columns) {
    if (arguments.has(TIME)
        && (columns.size() != 1
            || columns.get(0).type() == null
            || !ColumnKind.TIME.accepts(columns.get(0).type()))) {
      arguments.problem(TIME, "expected one column, " + ColumnKind.TIME.words());
      return false;
    }
    return true;
  }

  private Optional<ZoneId> zone() {
    if (!arguments.has(TIMEZONE)) {
      return Optional.of(ZoneOffset.UTC);
    }
    try {
      return arguments.text(TIMEZONE).map(ZoneId::of);
    } catch (DateTimeException e) {
      arguments.problem(TIMEZONE, "expected a time zone, such as Europe/London");
      return Optional.empty();
    }
  }
}
