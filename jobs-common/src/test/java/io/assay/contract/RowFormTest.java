package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.assay.quality.BatchJudge;
import io.assay.quality.Finding;
import io.assay.testing.TestSpark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Constraints that every row must meet, judged row by row and as a share. */
class RowFormTest {
  private static final BatchJudge JUDGE = new BatchJudge(Instant.EPOCH, table -> Optional.empty());

  private static final String COLUMNS =
      """
          properties:
            - {name: x, logicalType: number}
            - {name: word, logicalType: string}
          quality:
      """;

  /** Each line: an implementation, and how many of five rows are in quarantine for it. */
  private static final String OF_ROWS =
      """
      constraint: isComplete, column: x | 1
      constraint: hasCompleteness, column: word, mustBeGreaterOrEqualTo: 1 | 1
      constraint: isContainedIn, column: x, values: [0, 5] | 2
      constraint: isNonNegative, column: x | 1
      constraint: isPositive, column: x, mustBe: 1 | 2
      constraint: hasHistogramValues, column: word, value: b, mustBe: 1 | 4
      constraint: hasPattern, column: word, pattern: 'b+' | 3
      constraint: hasPattern, column: word, pattern: "^it's*$" | 4
      constraint: satisfies, condition: small(x) AND word <> '' | 3
      """;

  @Test
  void aConstraintThatEveryRowMustMeetIsBrokenByTheRowsThatItsShareLacks() {
    Dataset<Row> rows =
        TestSpark.compiling()
            .sql(
                "select * from values (-1.0D, 'b'), (0.0D, ''), (double('NaN'), null),"
                    + " (null, 'ab'), (5.0D, 'it\\'s') as t(x, word)");
    List<String> written = WrittenContract.implementations(OF_ROWS);
    Contract ofRows = WrittenContract.of(COLUMNS, written, "quarantine");
    Contract whole = WrittenContract.of(COLUMNS, written, "hold");
    assertThat(ofRows.batchRules()).isEmpty();
    assertThat(whole.rowRules()).isEmpty();

    List<Finding> found = JUDGE.findings(rows, ofRows.rowRules(), whole.batchRules());

    StringBuilder told = new StringBuilder();
    for (int i = 0; i < written.size(); i++) {
      double broken = found.get(i).value().getAsDouble();
      told.append(written.get(i)).append(" | ").append((int) broken).append('\n');
      double share = found.get(written.size() + i).value().getAsDouble();
      assertThat(5 * (1 - share)).as(written.get(i)).isCloseTo(broken, within(1e-9));
    }
    assertThat(told).hasToString(OF_ROWS);
  }
}
