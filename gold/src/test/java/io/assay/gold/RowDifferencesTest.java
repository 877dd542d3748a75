package io.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.contract.Contract;
import io.assay.testing.TestSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class RowDifferencesTest {
  private final SparkSession spark = TestSpark.session();

  private Dataset<Row> rows(String names, String values) {
    return spark.sql("SELECT * FROM VALUES %s AS t(%s)".formatted(values, names));
  }

  @Test
  void onlyFiniteNumbersMayDifferInTheirLastDigits() {
    Contract contract = Contracts.of("", 1, List.of(), List.of(), "id int", "x double");
    Dataset<Row> expected =
        rows(
            "id, x",
            "(1, double('NaN')), (2, double('Infinity')), (3, double('Infinity')), (4, 1D),"
                + " (5, double('NaN')), (6, 0.1D), (7, 5D), (8, 5D)");
    Dataset<Row> found =
        rows(
            "id, x",
            "(1, 5D), (2, 5D), (3, double('-Infinity')), (4, double('NaN')),"
                + " (5, double('NaN')), (6, 0.1000000000000001D), (7, 5.0001D), (8, NULL)");
    MartProof.Result result = new RowDifferences(contract, expected, found).result(1, 20);
    assertThat(result.first())
        .extracting(difference -> difference.key().get("id"))
        .containsExactly("1", "2", "3", "4", "7", "8");
    assertThat(result.different()).isEqualTo(6);
  }

  @Test
  void keysThatDifferByLessThanAMillisecondAreTwo() {
    Contract contract = Contracts.of("", 1, List.of(), List.of(), "at timestamp", "n int");
    String[] rows = {
      "(TIMESTAMP'2026-01-01 00:00:00.000001', 1)", "(TIMESTAMP'2026-01-01 00:00:00.000002', 1)"
    };
    MartProof.Result result =
        new RowDifferences(
                contract,
                rows("at, n", rows[0] + ", " + rows[1]).coalesce(1),
                rows("at, n", rows[1] + ", " + rows[0]).coalesce(1))
            .result(1, 20);
    assertThat(result.first()).isEmpty();
  }
}
