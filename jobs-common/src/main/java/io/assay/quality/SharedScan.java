package io.assay.quality;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.AnalyzerOptions;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.CountDistinct;
import com.amazon.deequ.analyzers.PatternMatch;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Nil$;
import scala.util.Try;
import scala.util.matching.Regex;

/**
 * Measures many things of the same rows through Deequ, in one scan for all that can share one, and
 * one grouping per set of columns for the rest. Beside {@link DeequProfiles}, the only class that
 * knows Deequ and its Scala.
 *
 * <p>Deequ takes conditions and names as text. So every condition is evaluated here, as a column
 * with a name of ours, and no text from a contract ever reaches Deequ's SQL.
 */
final class SharedScan {
  private final List<Column> inputs = new ArrayList<>();
  private final List<Analyzer<?, Metric<?>>> analyzers = new ArrayList<>();
  private AnalyzerContext results;

  /** A thing to measure; its value is there after the scan. */
  final class Probe {
    private final Analyzer<?, Metric<?>> analyzer;

    private Probe(Analyzer<?, Metric<?>> analyzer) {
      this.analyzer = analyzer;
    }

    /** The measured value; empty if there were no rows to measure. */
    OptionalDouble value() {
      Option<Metric<?>> metric = results.metric(analyzer);
      Try<Object> value = ((DoubleMetric) metric.get()).value();
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
  }

  /** How many rows there are. */
  Probe rows() {
    return probe(Size.apply(Option.empty()));
  }

  /** In how many rows the condition is true. */
  Probe count(Column condition) {
    return probe(Size.apply(Option.apply(input(condition))));
  }

  /** The share of rows in which the value is not null. */
  Probe completeness(Column value) {
    return probe(Completeness.apply(input(value), Option.empty(), Option.empty()));
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

  /** The share of rows whose combination occurs once, leaving out those null throughout. */
  Probe uniqueness(List<Column> values) {
    return probe(Uniqueness.apply(inputs(values), Option.empty(), Option.empty()));
  }

  /** Measures everything asked for. */
  void run(Dataset<Row> rows) {
    Column[] columns = inputs.isEmpty() ? rowsOnly() : inputs.toArray(Column[]::new);
    Seq<Analyzer<?, Metric<?>>> all = JavaConverters.asScalaBuffer(analyzers).toSeq();
    results = AnalysisRunner.onData(rows.select(columns)).addAnalyzers(all).run();
  }

  private static Column[] rowsOnly() {
    return new Column[] {org.apache.spark.sql.functions.lit(1).as("i")};
  }

  @SuppressWarnings("unchecked")
  private Probe probe(Analyzer<?, ?> analyzer) {
    Analyzer<?, Metric<?>> typed = (Analyzer<?, Metric<?>>) analyzer;
    analyzers.add(typed);
    return new Probe(typed);
  }

  private String input(Column column) {
    String name = "i" + inputs.size();
    inputs.add(column.as(name));
    return name;
  }

  private Seq<String> inputs(List<Column> columns) {
    return JavaConverters.asScalaBuffer(columns.stream().map(this::input).toList()).toSeq();
  }

  @SuppressWarnings("unchecked")
  private static <T> Seq<T> noneOf(Class<T> type) {
    return (Seq<T>) (Seq<?>) Nil$.MODULE$;
  }
}
