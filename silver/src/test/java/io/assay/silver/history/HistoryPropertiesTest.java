package io.assay.silver.history;

import static org.assertj.core.api.Assertions.fail;

import io.assay.config.History.Keep;
import io.assay.config.History.Ties;
import io.assay.silver.history.NaiveHistory.Event;
import io.assay.silver.history.NaiveHistory.Operation;
import io.assay.silver.history.NaiveHistory.Rules;
import io.assay.silver.history.NaiveHistory.Truncate;
import io.assay.silver.history.Pack.Arrival;
import io.assay.silver.history.Pack.Cleared;
import io.assay.silver.history.Trial.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random feeds against {@link NaiveHistory}, many to a table. The seed of a failure is printed by
 * jqwik; the feed that fails is made small by {@link Shrinking}, since jqwik knows nothing of
 * tables.
 */
class HistoryPropertiesTest {
  private static final int BATCHES = 3;
  private static final int FEEDS = 700;

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsAreWhatTheDefinitionSays(@ForAll("packs") Pack pack) {
    holds(pack, new Trial(Keep.SCD2, Ties.LATEST, new Rules(true, false, false)));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void versionsWithUntrackedColumnsPartialUpdatesAndAValidTimeOfTheirOwnAreWhatTheDefinitionSays(
      @ForAll("packs") Pack pack) {
    holds(pack, new Trial(Keep.SCD2, Ties.LATEST, new Rules(false, true, true)));
  }

  @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void currentRowsAreWhatTheDefinitionSaysWhereverTieLosersGo(@ForAll("packs") Pack pack) {
    holds(pack, new Trial(Keep.SCD1, Ties.QUARANTINE, new Rules(true, true, true)));
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Tag("deep")
  void manyMoreFeedsAreWhatTheDefinitionSays(@ForAll("packs") Pack pack) {
    holds(pack, new Trial(Keep.SCD2, Ties.LATEST, new Rules(true, false, true)));
    holds(pack, new Trial(Keep.SCD2, Ties.QUARANTINE, new Rules(true, true, false)));
    holds(pack, new Trial(Keep.SCD2, Ties.LATEST, new Rules(false, true, true)));
    holds(pack, new Trial(Keep.SCD1, Ties.LATEST, new Rules(true, false, true)));
  }

  private static void holds(Pack pack, Trial trial) {
    Map<Integer, Difference> wrong = trial.differences(pack);
    if (!wrong.isEmpty()) {
      fail(trial + ": " + new Shrinking(trial).smallest(pack, wrong));
    }
  }

  @Provide
  Arbitrary<Pack> packs() {
    Arbitrary<Event> events =
        Combinators.combine(
                majors(),
                minors(),
                Arbitraries.frequency(
                    Tuple.of(7, Operation.UPSERT),
                    Tuple.of(2, Operation.DELETE),
                    Tuple.of(1, Operation.PRESENT)),
                Arbitraries.of("x", "y").injectNull(0.2),
                Arbitraries.of("p", "q").injectNull(0.2),
                Arbitraries.integers().between(1, 6))
            .as(HistoryPropertiesTest::event);
    Arbitrary<List<List<Arrival>>> feeds =
        Combinators.combine(Arbitraries.of("a", "b"), batches(), events)
            .as(Arrival::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(12)
            .map(HistoryPropertiesTest::withRepeats)
            .list()
            .ofSize(FEEDS);
    Arbitrary<Truncate> truncates =
        Combinators.combine(majors(), minors(), Arbitraries.integers().between(1, 6))
            .as(Truncate::new);
    return Combinators.combine(
            feeds, Combinators.combine(batches(), truncates).as(Cleared::new).list().ofMaxSize(4))
        .as(Pack::new);
  }

  private static Arbitrary<Integer> majors() {
    return Arbitraries.integers().between(1, 5);
  }

  private static Arbitrary<Integer> minors() {
    return Arbitraries.integers().between(9, 11);
  }

  private static Arbitrary<Integer> batches() {
    return Arbitraries.integers().between(0, BATCHES - 1);
  }

  private static Event event(
      int major, int minor, Operation operation, String name, String city, int at) {
    return operation == Operation.PRESENT
        ? new Event(major, minor, operation, null, null, at)
        : new Event(major, minor, operation, name, city, at);
  }

  /** Some events come again, in the same or a later batch. */
  private static List<Arrival> withRepeats(List<Arrival> feed) {
    List<Arrival> repeated = new ArrayList<>(feed);
    for (int i = 0; i < feed.size(); i += 3) {
      Arrival arrival = feed.get(i);
      repeated.add(
          new Arrival(
              arrival.user(), Math.min(arrival.batch() + i % 2, BATCHES - 1), arrival.event()));
    }
    return repeated;
  }
}
