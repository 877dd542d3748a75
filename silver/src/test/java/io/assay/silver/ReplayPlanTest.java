package io.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchInput.Quarantined;
import io.assay.batch.BatchInput.Quarantined.Filter;
import io.assay.silver.quarantine.OpenRows;
import io.assay.table.TableName;
import io.assay.table.TableRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
  private static final Filter FILTER = Filter.of(Optional.of("id_type"), Optional.empty());

  private static TableRange range(long after, long upTo, long rows) {
    return new TableRange(TableName.bronze("orders"), "id", after, upTo, rows);
  }

  /** Four batches read versions 0 to 1, 2, 3, 4 to 9; of the third's rows none fits. */
  private static List<Quarantined> plan(boolean whole) {
    Map<Long, TableRange> ranges = new TreeMap<>();
    for (TableRange range :
        List.of(range(-1, 1, 50), range(1, 2, 40), range(2, 3, 5), range(3, 9, 500))) {
      ranges.put(range.upTo(), range);
    }
    BatchInput last = new BatchInput.Tables(List.of(range(3, 9, 500)));
    TreeMap<Long, OpenRows.Rows> rows = new TreeMap<>();
    rows.put(1L, new OpenRows.Rows(7, 4));
    rows.put(2L, new OpenRows.Rows(1, 1));
    rows.put(3L, new OpenRows.Rows(5, 0));
    rows.put(9L, new OpenRows.Rows(6, 3));
    // What a batch of a former epoch refused, which came again.
    rows.put(11L, new OpenRows.Rows(2, 2));
    return new ReplayPlan(new EpochInput(3, last, ranges, List.of()), 100, whole)
        .batches(rows, FILTER);
  }

  @Test
  void neighboursAreTakenTogetherAsFarAsABatchMayBeLong() {
    TableRange position = range(9, 9, 0);
    assertThat(plan(false))
        .containsExactly(
            new Quarantined(position, List.of(range(-1, 1, 50), range(1, 2, 40)), 3, FILTER, 5),
            new Quarantined(position, List.of(range(3, 9, 500)), 3, FILTER, 3));
  }

  @Test
  void whereWhatIsWholeMattersEachRangeIsABatchWithAllItsRows() {
    assertThat(plan(true))
        .extracting(Quarantined::rows, batch -> batch.filter().rule())
        .extracting(Object::toString)
        .containsExactly("(7L, Optional.empty)", "(1L, Optional.empty)", "(6L, Optional.empty)");
  }

  @Test
  void whatAPersonOrATimeTurnedAwayIsMeantOnlyByItsName() {
    List<String> turnedAway = List.of("late", "rejected");
    assertThat(Filter.ALL.unlessAskedFor(turnedAway).butRules()).isEqualTo(turnedAway);
    Filter late = Filter.of(Optional.of("late"), Optional.empty());
    assertThat(late.unlessAskedFor(turnedAway).butRules()).containsExactly("rejected");
  }
}
