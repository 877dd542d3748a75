package io.assay.bronze.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Positions;
import io.assay.batch.BatchInput.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionPlanTest {
  private static final String ID = "id-1";

  private static Partition partition(int number, long beginning, long end) {
    return new Partition("t", number, ID, beginning, end);
  }

  private static Span span(String origin, String identity, long from, long until) {
    return new Span(origin, identity, Long.toString(from), Long.toString(until));
  }

  private static Optional<BatchInput> last(Span... spans) {
    return Optional.of(new Positions(List.of(spans)));
  }

  @Test
  void partitionsAdvanceInProportionToWhatWaitsAndReachTheirEndsTogether() {
    List<Partition> partitions =
        List.of(partition(10, 0, 3), partition(2, 0, 900), partition(0, 50, 150));
    Optional<BatchInput> last = Optional.empty();
    List<List<Span>> batches = new ArrayList<>();
    while (true) {
      PartitionPlan plan = new PartitionPlan(partitions, last);
      if (last.isEmpty()) {
        plan.startingAt(Map.of("t-10", 0L, "t-2", 0L, "t-0", 50L));
      }
      Optional<BatchInput> next = plan.next(100);
      if (next.isEmpty()) {
        break;
      }
      batches.add(((Positions) next.get()).spans());
      last = next;
    }

    assertThat(batches).hasSize(11);
    assertThat(batches.get(0)).extracting(Span::origin).containsExactly("t-0", "t-2", "t-10");
    assertThat(batches.get(10)).extracting(Span::until).containsExactly("150", "900", "3");
    for (List<Span> spans : batches.subList(0, 10)) {
      assertThat(spans.stream().mapToLong(PartitionPlanTest::offsets).sum()).isEqualTo(100);
    }
  }

  private static long offsets(Span span) {
    return Long.parseLong(span.until()) - Long.parseLong(span.from());
  }

  @Test
  void aLimitOfOneStillMovesOn() {
    PartitionPlan plan =
        new PartitionPlan(
            List.of(partition(0, 0, 0), partition(1, 0, 7), partition(2, 0, 7)),
            last(span("t-0", ID, 0, 0), span("t-1", ID, 0, 7), span("t-2", ID, 0, 5)));

    assertThat(plan.next(1))
        .isEqualTo(last(span("t-0", ID, 0, 0), span("t-1", ID, 7, 7), span("t-2", ID, 5, 6)));
  }

  @Test
  void whatIsNotThereAtPresentKeepsItsPosition() {
    PartitionPlan plan =
        new PartitionPlan(
            List.of(partition(0, 0, 5)), last(span("gone-3", "id-2", 4, 9), span("t-0", ID, 0, 4)));

    assertThat(plan.next(10)).isEqualTo(last(span("t-0", ID, 4, 5), span("gone-3", "id-2", 9, 9)));
    assertThat(new PartitionPlan(List.of(), last(span("t-0", ID, 0, 4))).next(10)).isEmpty();
  }

  @Test
  void aPartitionThatAppearsIsRememberedEvenIfItHoldsNothing() {
    PartitionPlan plan = new PartitionPlan(List.of(partition(0, 3, 3)), Optional.empty());
    assertThat(plan.unseen()).hasSize(1);

    Optional<BatchInput> first = plan.startingAt(Map.of("t-0", 3L)).next(10);

    assertThat(first).isEqualTo(last(span("t-0", ID, 3, 3)));
    assertThat(new PartitionPlan(List.of(partition(0, 3, 3)), first).next(10)).isEmpty();
  }

  @Test
  void whatIsMissingIsToldWithThePlaceWhereReadingWouldGoOn() {
    PartitionPlan plan =
        new PartitionPlan(
            List.of(partition(0, 8, 12), partition(1, 0, 3), new Partition("new", 0, "id-9", 0, 2)),
            last(span("t-0", ID, 0, 5), span("t-1", ID, 0, 4), span("new-0", "id-8", 0, 1)));

    assertThat(plan.missing())
        .extracting(MissingHistory::text)
        .containsExactly(
            "topic new was made anew after new-0 had been read up to offset 1; the new one begins"
                + " at 0",
            "offsets 5 to 7 of t-0 are no longer there; what is left begins at 8",
            "t-1 was read up to offset 4 and ends at 3 now: the cluster lost messages; what comes"
                + " begins there");
    assertThat(plan.next(100))
        .isEqualTo(
            last(span("new-0", "id-9", 0, 2), span("t-0", ID, 8, 12), span("t-1", ID, 3, 3)));
  }
}
