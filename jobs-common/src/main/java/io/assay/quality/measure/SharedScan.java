package io.assay.quality.measure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.AnalyzerOptions;
import com.amazon.deequ.analyzers.ApproxQuantile;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.CountDistinct;
import com.amazon.deequ.analyzers.ExactQuantile;
import com.amazon.deequ.analyzers.PatternMatch;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Nil$;
import scala.util.Try;
import scala.util.matching.Regex;

/**
 * Measures many things of the same rows through Deequ, in one scan for all that can share one, and
 * one grouping per set of columns for the rest.
 *
 * <p>Deequ takes conditions and names as text. So every condition is evaluated here, as a column
 * with a name of ours, and no text from a contract ever reaches Deequ's SQL.
 */
public final class SharedScan {
  private final Dataset<Row> judged;
  private final Instant clock;
  private final Function<TableName, Optional<Dataset<Row>>> lookUps;
  private final Optional<KnownRows> known;
  private final Map<Column, String> inputs = new LinkedHashMap<>();
  private final Set<Analyzer<?, Metric<?>>> analyzers = new LinkedHashSet<>();
  private AnalyzerContext results;

  /**
   * Nothing is read before {@link #run}.
   *
   * @param judged read once or more; let them be stored, not computed
   * @param clock the time at which they are judged
   * @param lookUps the rows of other tables, as they are to be seen; empty for one that is not
   *     there
   */
  public SharedScan(
      Dataset<Row> judged, Instant clock, Function<TableName, Optional<Dataset<Row>>> lookUps) {
    this(judged, clock, lookUps, Optional.empty());
  }

  /**
   * As above.
   *
   * @param known other rows, which are measured together with the judged ones
   */
  public SharedScan(
      Dataset<Row> judged,
      Instant clock,
      Function<TableName, Optional<Dataset<Row>>> lookUps,
      Optional<KnownRows> known) {
    this.known = known;
    this.judged = judged;
    this.clock = clock;
    this.lookUps = lookUps;
  }

  /** A thing to measure; its value is there after the scan. */
  public final class Probe {
    private final Analyzer<?, Metric<?>> analyzer;

    private Probe(Analyzer<?, Metric<?>> analyzer) {
      this.analyzer = analyzer;
    }

    /** The measured value; empty if there were no rows to measure. */
    public OptionalDouble value() {
      return SharedScan.value(results.metric(analyzer).get());
    }
  }

  /**
   * What was measured; empty if there was nothing to measure.
   *
   * @throws AssayException if measuring failed
   */
  static OptionalDouble value(Metric<?> metric) {
    Try<Object> value = ((DoubleMetric) metric).value();
    if (value.isSuccess()) {
      return OptionalDouble.of((Double) value.get());
    }
    Throwable problem = value.failed().get();
    if (problem.getClass().getSimpleName().equals("EmptyStateException")) {
      return OptionalDouble.empty();
    }
    throw new AssayException(
        ExitCode.FAILURE, "a quality metric could not be computed: " + problem, problem);
  }

  /** How many rows there are. */
  public Probe rows() {
    return probe(Size.apply(Option.empty()));
  }

  /** In how many rows the condition is true. */
  public Probe count(Column condition) {
    return probe(Size.apply(Option.apply(input(condition))));
  }

  /** In how many rows the condition is false or null. */
  Probe countWithout(Column condition) {
    return count(not(coalesce(condition, lit(false))));
  }

  /** The share of rows in which the condition is true. */
  Probe share(Column condition) {
    return probe(
        Compliance.apply(
            "share",
            input(coalesce(condition, lit(false))),
            Option.empty(),
            noneOf(String.class),
            Option.<AnalyzerOptions>empty()));
  }

  /** The share of rows in which the string has a non-empty match of the regular expression. */
  Probe patternMatch(Column string, String pattern) {
    Regex regex = new Regex(pattern, noneOf(String.class));
    return probe(
        PatternMatch.apply(input(string), regex, Option.empty(), Option.<AnalyzerOptions>empty()));
  }

  /** How many different combinations there are, leaving out those that are null throughout. */
  Probe distinct(List<Column> values) {
    return probe(CountDistinct.apply(inputs(values)));
  }

  /** The greatest of the numbers, exact for whole ones below 2 to the 53. */
  Probe maximum(Column number) {
    return probe(Statistic.MAXIMUM.analyzer(inputs(List.of(number))));
  }

  /** The least of the numbers, as exact. */
  Probe minimum(Column number) {
    return probe(Statistic.MINIMUM.analyzer(inputs(List.of(number))));
  }

  /**
   * A quantile of the numbers. An approximate one does not tell NaN from infinity: it is NaN then.
   *
   * @param relativeError of the rank; empty: exact
   */
  Supplier<OptionalDouble> quantile(
      Column number, double quantile, Optional<Double> relativeError) {
    if (relativeError.isEmpty()) {
      return probe(ExactQuantile.apply(input(number), quantile, Option.empty()))::value;
    }
    Probe probe =
        probe(
            ApproxQuantile.apply(
                input(ordered(number)), quantile, relativeError.get(), Option.empty()));
    return () -> {
      OptionalDouble found = probe.value();
      return found.equals(OptionalDouble.of(Double.POSITIVE_INFINITY))
          ? OptionalDouble.of(Double.NaN)
          : found;
    };
  }

  /** Spark's digest of numbers loses its order over NaN, so that takes the place of infinity. */
  private static Column ordered(Column number) {
    Column value = number.cast(DataTypes.DoubleType);
    return when(isnan(value), lit(Double.POSITIVE_INFINITY)).otherwise(value);
  }

  /** Measures everything asked for. */
  public void run() {
    Column[] columns =
        inputs.isEmpty()
            ? new Column[] {lit(1).as("i")}
            : inputs.entrySet().stream()
                .map(input -> input.getKey().as(input.getValue()))
                .toArray(Column[]::new);
    results =
        known
            .map(rows -> rows.with(judged, columns, analyzers))
            .orElseGet(() -> measured(judged.select(columns)));
  }

  private AnalyzerContext measured(Dataset<Row> rows) {
    Seq<Analyzer<?, Metric<?>>> all = JavaConverters.asScalaBuffer(List.copyOf(analyzers)).toSeq();
    return AnalysisRunner.onData(rows).addAnalyzers(all).run();
  }

  /** The rows that are measured. */
  Dataset<Row> judged() {
    return judged;
  }

  /** Whether known rows are measured with them, so that what is measured must add up. */
  boolean addsUp() {
    return known.isPresent();
  }

  /** The time at which they are judged. */
  Instant clock() {
    return clock;
  }

  /** The rows of another table; empty if it is not there. */
  Optional<Dataset<Row>> lookUp(TableName table) {
    return lookUps.apply(table);
  }

  /** What is asked for twice is measured once. */
  @SuppressWarnings("unchecked")
  Probe probe(Analyzer<?, ?> analyzer) {
    Analyzer<?, Metric<?>> typed = (Analyzer<?, Metric<?>>) analyzer;
    analyzers.add(typed);
    return new Probe(typed);
  }

  /** The names of the columns among the scan's inputs. */
  Seq<String> inputs(List<Column> columns) {
    return JavaConverters.asScalaBuffer(columns.stream().map(this::input).toList()).toSeq();
  }

  /** Equal columns are one input, so that rules on the same columns share a grouping, too. */
  private String input(Column column) {
    return inputs.computeIfAbsent(
        column, key -> known.isPresent() ? KnownRows.name(judged, key) : "i" + inputs.size());
  }

  @SuppressWarnings("unchecked")
  private static <T> scala.collection.immutable.List<T> noneOf(Class<T> type) {
    return (scala.collection.immutable.List<T>) (scala.collection.immutable.List<?>) Nil$.MODULE$;
  }
}
