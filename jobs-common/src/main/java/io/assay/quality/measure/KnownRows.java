package io.assay.quality.measure;

import com.amazon.deequ.analyzers.Analysis;
import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.InMemoryStateProvider;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.StateLoader;
import com.amazon.deequ.analyzers.StatePersister;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import io.assay.table.SavedStates;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.package$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Rows that were measured before, by what Deequ's analyzers know of them. A scan of further rows
 * measures both together, and reads the known ones only for an analyzer that knows nothing of them
 * yet.
 *
 * <p>What is known belongs to one analyzer: the same columns and types, condition and arguments.
 */
public final class KnownRows {
  private final Map<String, String> kept;
  private final Optional<Supplier<Dataset<Row>>> rows;
  private final Map<String, String> states = new TreeMap<>();
  private boolean read;

  /**
   * Nothing is read yet.
   *
   * @param saved what was kept of these very rows; empty if nothing
   * @param rows themselves, with the columns of those to come; empty if there are none
   */
  public KnownRows(Optional<SavedStates> saved, Optional<Supplier<Dataset<Row>>> rows) {
    this.kept =
        saved
            .filter(states -> states.form().equals(form()))
            .map(SavedStates::states)
            .orElse(Map.of());
    this.rows = rows;
  }

  /** Whether the rows were read, since something was not known of them. */
  public boolean read() {
    return read;
  }

  /** What is known of these rows and the scanned ones together; after the scan. */
  public SavedStates states() {
    return new SavedStates(form(), states);
  }

  /** Another Spark may hash values, or store a digest, in another way. */
  private static String form() {
    return StateText.FORM + ", Spark " + package$.MODULE$.SPARK_VERSION();
  }

  /**
   * A name for a column that says what it is, so that an analyzer of it is the same in any scan.
   */
  static String name(Dataset<Row> rows, Column column) {
    LogicalPlan selected = rows.select(column).queryExecution().analyzed();
    // A condition is boolean, whatever the types of the columns in it.
    String told =
        "%s as %s of %s"
            .formatted(
                column.expr().sql(),
                types(selected.output()),
                types(selected.references().toSeq()));
    UUID id = UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8));
    return "i" + id.toString().replace("-", "");
  }

  private static String types(Seq<Attribute> columns) {
    return JavaConverters.seqAsJavaList(columns).stream()
        .map(column -> column.name() + " " + column.dataType().json())
        .collect(Collectors.joining(", "));
  }

  /**
   * Measures these rows and further ones together.
   *
   * @param columns what the analyzers look at, with the {@link #name names} they know them by
   */
  AnalyzerContext with(
      Dataset<Row> more, Column[] columns, Collection<Analyzer<?, Metric<?>>> analyzers) {
    InMemoryStateProvider before = new InMemoryStateProvider();
    analyzers.stream()
        .filter(analyzer -> !kept.getOrDefault(id(analyzer), "").isEmpty())
        .forEach(analyzer -> persist(before, analyzer, StateText.read(kept.get(id(analyzer)))));
    List<Analyzer<?, Metric<?>>> unknown =
        analyzers.stream().filter(analyzer -> !kept.containsKey(id(analyzer))).toList();
    if (!unknown.isEmpty() && rows.isPresent()) {
      read = true;
      measured(rows.get().get().select(columns), unknown, Option.empty(), before);
    }
    InMemoryStateProvider after = new InMemoryStateProvider();
    AnalyzerContext results =
        measured(more.select(columns), analyzers, Option.apply(before), after);
    for (Analyzer<?, Metric<?>> analyzer : analyzers) {
      Option<State<?>> state = load(after, analyzer);
      states.put(id(analyzer), state.isDefined() ? StateText.of(state.get()) : "");
    }
    return results;
  }

  /** A scan that failed leaves no state, which must not be taken for one of nothing. */
  private static AnalyzerContext measured(
      Dataset<Row> rows,
      Collection<Analyzer<?, Metric<?>>> analyzers,
      Option<StateLoader> before,
      StatePersister after) {
    Seq<Analyzer<?, Metric<?>>> all = JavaConverters.asScalaBuffer(List.copyOf(analyzers)).toSeq();
    AnalyzerContext results =
        AnalysisRunner.run(
            rows, new Analysis(all), before, Option.apply(after), StorageLevel.NONE());
    analyzers.forEach(analyzer -> SharedScan.value(results.metric(analyzer).get()));
    return results;
  }

  private static String id(Analyzer<?, ?> analyzer) {
    return analyzer.toString();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void persist(StatePersister states, Analyzer<?, ?> analyzer, State<?> state) {
    states.persist((Analyzer) analyzer, state);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Option<State<?>> load(StateLoader states, Analyzer<?, ?> analyzer) {
    return states.load((Analyzer) analyzer);
  }
}
