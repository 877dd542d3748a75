package io.assay.quality.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.table.SavedStates;
import io.assay.table.TableName;
import io.assay.testing.TestSpark;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What is kept of rows, and measured together with others. */
class KnownRowsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");
  private static final double ERROR = 0.05;
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "id int, x double, y double, money decimal(10,2), word string, at timestamp");

  /** All that can be measured of parts, of columns with nulls; of x with NaN as well. */
  private static final List<Measure> MEASURES = measures();

  private static List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    for (Statistic statistic : Statistic.values()) {
      switch (statistic) {
        case UNIQUENESS, DISTINCTNESS, ENTROPY, MUTUAL_INFORMATION -> {}
        case CORRELATION -> {
          measures.add(new Measure.Aggregate(statistic, List.of("y", "money")));
          measures.add(new Measure.Aggregate(statistic, List.of("x", "y")));
        }
        case MINIMUM_LENGTH, MAXIMUM_LENGTH ->
            measures.add(new Measure.Aggregate(statistic, List.of("word")));
        default ->
            Stream.of("x", "y", "money", "id")
                .forEach(column -> measures.add(new Measure.Aggregate(statistic, List.of(column))));
      }
    }
    measures.add(new Measure.Aggregate(Statistic.APPROXIMATE_DISTINCT_VALUES, List.of("word")));
    measures.add(new Measure.RowCount());
    for (Unit unit : Unit.values()) {
      measures.add(new Measure.Missing("word", "word is not null and word <> 'bb'", unit));
      measures.add(new Measure.Invalid("word", "word is null or word in ('a', 'bb')", unit));
    }
    measures.add(new Measure.Broken(Optional.empty(), "x > y", Map.of()));
    measures.add(
        new Measure.Compliance(Optional.empty(), "exists(array(x, y), v -> v > 0)", Map.of()));
    measures.add(new Measure.PatternMatch("word", "^b+$"));
    measures.add(new Measure.Age("at", AgeUnit.HOURS));
    for (double quantile : List.of(0.0, 0.25, 0.5, 0.99)) {
      measures.add(new Measure.Quantile("y", quantile, Optional.of(ERROR)));
      measures.add(new Measure.Quantile("x", quantile, Optional.of(ERROR)));
    }
    return List.copyOf(measures);
  }

  private static Dataset<Row> dataset(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA).coalesce(1);
  }

  private static Row row(Random random, int id) {
    double y = random.nextGaussian() * 100;
    return RowFactory.create(
        id % 37,
        random.nextInt(20) == 0 ? Double.NaN : y * random.nextInt(3),
        random.nextInt(10) == 0 ? null : y,
        random.nextInt(10) == 0 ? null : BigDecimal.valueOf(random.nextInt(100_000), 2),
        random.nextInt(10) == 0 ? null : "ab".repeat(2).substring(random.nextInt(4)).repeat(id % 3),
        random.nextInt(10) == 0 ? null : Timestamp.from(NOW.minusSeconds(random.nextInt(9999))));
  }

  /** Batches of any size; one without rows, one that is null throughout, one with NaN alone. */
  private static List<List<Row>> batches(Random random) {
    List<List<Row>> batches = new ArrayList<>();
    batches.add(List.of());
    for (int i = 0; i < 7; i++) {
      int base = i * 100;
      batches.add(
          IntStream.range(0, random.nextInt(120)).mapToObj(n -> row(random, base + n)).toList());
    }
    batches.add(List.of(RowFactory.create(null, null, null, null, null, null)));
    batches.add(List.of(RowFactory.create(null, Double.NaN, null, null, null, null)));
    Collections.shuffle(batches, random);
    return batches;
  }

  private static List<OptionalDouble> values(Dataset<Row> rows, Optional<KnownRows> known) {
    SharedScan scan = new SharedScan(rows, NOW, table -> Optional.empty(), known);
    List<Measurement> taken = MEASURES.stream().map(measure -> measure.on(scan)).toList();
    scan.run();
    return taken.stream().map(measurement -> measurement.value().get()).toList();
  }

  @Test
  void whatIsKnownOfTimesDoesNotDependOnTheClock() {
    List<Row> rows = List.of(row(new Random(7), 1));
    KnownRows known = known(Optional.empty(), List.of());
    for (int hour = 0; hour < 2; hour++) {
      SharedScan scan =
          new SharedScan(
              dataset(rows),
              NOW.plus(Duration.ofHours(hour)),
              table -> Optional.empty(),
              Optional.of(known));
      new Measure.Age("at", AgeUnit.HOURS).on(scan);
      scan.run();
      assertThat(known.read()).isEqualTo(hour == 0);
      known = known(Optional.of(known.states()), rows);
    }
  }

  private static KnownRows known(Optional<SavedStates> saved, List<Row> rows) {
    return new KnownRows(saved, Optional.of(() -> dataset(rows)));
  }

  @Test
  void statesOfManyBatchesTellWhatOneScanOfAllRowsTells() {
    for (long seed : new long[] {3, 14}) {
      List<Row> all = new ArrayList<>();
      Optional<SavedStates> saved = Optional.empty();
      List<OptionalDouble> merged = List.of();
      for (List<Row> batch : batches(new Random(seed))) {
        KnownRows known =
            new KnownRows(
                saved,
                all.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        () -> {
                          throw new AssertionError("the rows are known");
                        }));
        merged = values(dataset(batch), Optional.of(known));
        saved = Optional.of(known.states());
        all.addAll(batch);
      }
      List<OptionalDouble> whole = values(dataset(all), Optional.empty());
      for (int i = 0; i < MEASURES.size(); i++) {
        if (MEASURES.get(i) instanceof Measure.Quantile quantile) {
          assertRank(quantile, merged.get(i), all);
        } else {
          assertClose(MEASURES.get(i), merged.get(i), whole.get(i));
        }
      }
    }
  }

  private static void assertClose(Measure measure, OptionalDouble merged, OptionalDouble whole) {
    assertThat(merged.isPresent()).as("%s", measure).isEqualTo(whole.isPresent());
    double expected = whole.orElse(0);
    double tolerance = 1e-9 * Math.max(1, Math.abs(expected));
    assertThat(
            Double.compare(merged.orElse(0), expected) == 0
                || Math.abs(merged.orElse(0) - expected) <= tolerance)
        .as("%s: %s for %s", measure, merged, whole)
        .isTrue();
  }

  /** The found value's rank is the asked one, give or take the error. */
  private static void assertRank(Measure.Quantile quantile, OptionalDouble found, List<Row> all) {
    List<Double> values =
        all.stream()
            .map(row -> row.<Double>getAs(SCHEMA.fieldIndex(quantile.column())))
            .filter(value -> value != null)
            .sorted()
            .toList();
    double value = found.orElseThrow();
    long below = values.stream().filter(other -> other.compareTo(value) < 0).count();
    long upTo = values.stream().filter(other -> other.compareTo(value) <= 0).count();
    double slack = ERROR * values.size() + 1;
    assertThat(quantile.quantile() * values.size())
        .as("%s: %s", quantile, found)
        .isBetween(below - slack, upTo + slack);
  }

  @Test
  void rowsAreReadAgainOnlyForWhatNothingIsKnownOf() {
    Random random = new Random(5);
    List<Row> first = IntStream.range(0, 50).mapToObj(id -> row(random, id)).toList();
    List<Row> second = IntStream.range(50, 90).mapToObj(id -> row(random, id)).toList();
    List<Row> both = Stream.of(first, second).flatMap(List::stream).toList();
    KnownRows nothing = new KnownRows(Optional.empty(), Optional.empty());
    values(dataset(first), Optional.of(nothing));
    assertThat(nothing.read()).isFalse();
    SavedStates saved = nothing.states();
    Map<String, String> fewer = new java.util.TreeMap<>(saved.states());
    fewer.keySet().removeIf(analyzer -> analyzer.hashCode() % 2 == 0);
    assertThat(fewer).isNotEmpty().hasSizeLessThan(saved.states().size());

    List<OptionalDouble> whole = values(dataset(both), Optional.empty());
    for (SavedStates kept :
        List.of(
            saved,
            new SavedStates(saved.form(), fewer),
            new SavedStates("of an older build", saved.states()))) {
      KnownRows known = known(Optional.of(kept), first);
      List<OptionalDouble> merged = values(dataset(second), Optional.of(known));
      assertThat(known.read()).isEqualTo(!kept.equals(saved));
      assertThat(known.states().states()).containsOnlyKeys(saved.states().keySet());
      for (int i = 0; i < MEASURES.size(); i++) {
        if (!(MEASURES.get(i) instanceof Measure.Quantile)) {
          assertClose(MEASURES.get(i), merged.get(i), whole.get(i));
        }
      }
    }
  }

  @Test
  void aStateBelongsToColumnTypeConditionAndArguments() {
    List<String> states =
        Stream.<Measure>of(
                new Measure.Aggregate(Statistic.SUM, List.of("id")),
                new Measure.Aggregate(Statistic.SUM, List.of("y")),
                new Measure.Aggregate(Statistic.MEAN, List.of("y")),
                new Measure.Broken(Optional.empty(), "word = 'id'", Map.of()),
                new Measure.Broken(Optional.empty(), "word = id", Map.of()),
                new Measure.Broken(Optional.empty(), "word in ('a', 'b')", Map.of()),
                new Measure.Broken(Optional.empty(), "word in ('a, b')", Map.of()),
                new Measure.PatternMatch("word", "a"),
                new Measure.PatternMatch("word", "b"),
                new Measure.Quantile("y", 0.5, Optional.of(0.1)),
                new Measure.Quantile("y", 0.5, Optional.of(0.2)))
            .map(measure -> states(measure, dataset(List.of())))
            .toList();
    assertThat(states).doesNotHaveDuplicates();
    Measure distinct = new Measure.Aggregate(Statistic.APPROXIMATE_DISTINCT_VALUES, List.of("id"));
    Measure within = new Measure.Broken(Optional.empty(), "id * 2 > 5", Map.of());
    Dataset<Row> wider = dataset(List.of()).selectExpr("cast(id as bigint) id", "x");
    Dataset<Row> other = dataset(List.of()).selectExpr("id", "cast(x as float) x");
    for (Measure measure : List.of(distinct, within)) {
      assertThat(states(measure, dataset(List.of())))
          .isNotEqualTo(states(measure, wider))
          .isEqualTo(states(measure, other));
    }
  }

  @Test
  void onlyWhatIsMergedHereCanBeMeasuredOfATable() {
    assertThat(MEASURES)
        .allSatisfy(measure -> assertThat(MergeableMeasures.objection(measure)).isEmpty());
    assertThat(MEASURES.stream().map(Object::getClass).distinct())
        .doesNotContain(Measure.Duplicates.class, Measure.References.class, Measure.SqlScalar.class)
        .hasSize(Measure.class.getPermittedSubclasses().length - 3);
    assertThat(
            Stream.of(
                new Measure.Duplicates(List.of("id"), Unit.ROWS),
                new Measure.Aggregate(Statistic.ENTROPY, List.of("id")),
                new Measure.Quantile("x", 0.5, Optional.empty()),
                new Measure.References(List.of("id"), TableName.silver("other"), List.of("id")),
                new Measure.SqlScalar("select 1", Map.of())))
        .allSatisfy(measure -> assertThat(MergeableMeasures.objection(measure)).isPresent());
  }

  private static String states(Measure measure, Dataset<Row> rows) {
    KnownRows known = new KnownRows(Optional.empty(), Optional.empty());
    SharedScan scan = new SharedScan(rows, NOW, table -> Optional.empty(), Optional.of(known));
    measure.on(scan);
    scan.run();
    return known.states().states().keySet().toString();
  }
}
