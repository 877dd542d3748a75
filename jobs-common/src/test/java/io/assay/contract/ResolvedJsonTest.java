package io.assay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assay.contract.BatchRule.Threshold;
import io.assay.contract.BatchRule.Threshold.Operator;
import io.assay.quality.anomaly.Deviation;
import io.assay.quality.anomaly.Deviation.Season;
import io.assay.quality.measure.AgeUnit;
import io.assay.quality.measure.Measure;
import io.assay.quality.measure.Statistic;
import io.assay.quality.measure.Unit;
import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class ResolvedJsonTest {

  @Test
  void aContractComesBackAsItWasEvenAfterItWasText() throws Exception {
    Contract contract =
        new Contract(
            "orders",
            "1.0.0",
            "orders",
            Optional.of("sales"),
            Optional.empty(),
            Optional.of("someone"),
            List.of(
                column("id", DataTypes.LongType, Optional.of(1)),
                column("price", DataTypes.createDecimalType(10, 2), Optional.empty()),
                column("tags", DataTypes.createArrayType(DataTypes.StringType), Optional.empty())),
            List.of(
                new RowRule(
                    "positive",
                    Optional.of("price"),
                    "price > 0",
                    Optional.empty(),
                    OnFailure.QUARANTINE,
                    "prices are positive")),
            Stream.concat(measures().map(ResolvedJsonTest::rule), Stream.of(deviating())).toList());

    String text = ResolvedJson.tree(contract).toString();

    assertThat(ResolvedJson.read(new ObjectMapper().readTree(text), Contract.class))
        .isEqualTo(contract);
  }

  private static Stream<Measure> measures() {
    return Stream.of(
        new Measure.Aggregate(Statistic.UNIQUENESS, List.of("id", "price")),
        new Measure.Missing("id", "id IS NOT NULL", Unit.PERCENT),
        new Measure.Invalid("id", "id > 0", Unit.ROWS),
        new Measure.Duplicates(List.of("id", "price"), Unit.ROWS),
        new Measure.Broken(Optional.of("id"), "id > 0", Map.of()),
        new Measure.Compliance(
            Optional.empty(), "f(id)", Map.of("f", new SqlFunction("f", List.of("x"), "x > 1"))),
        new Measure.Quantile("price", 0.5, Optional.of(0.01)),
        new Measure.Age("id", AgeUnit.DAYS),
        new Measure.References(List.of("id"), TableName.silver("x"), List.of("x_id")),
        new Measure.RowCount(),
        new Measure.PatternMatch("id", "^[0-9]+$"),
        new Measure.SqlScalar("select 1", Map.of()));
  }

  private static BatchRule rule(Measure measure) {
    return new BatchRule(
        measure.getClass().getSimpleName(),
        measure,
        new Threshold(Operator.MUST_BE_BETWEEN, 0.5, Optional.of(1.0)),
        Optional.of("completeness"),
        OnFailure.HOLD,
        "");
  }

  private static BatchRule deviating() {
    Deviation deviation =
        new Deviation(
            Deviation.Kind.Z_SCORE,
            7,
            30,
            Optional.of(new Season(ZoneId.of("Europe/London"), Optional.of("id"))));
    return new BatchRule(
        "usual",
        new Measure.RowCount(),
        new Threshold(Operator.MUST_BE_BETWEEN, -3, Optional.of(3.0)),
        Optional.empty(),
        OnFailure.WARN,
        "",
        JudgedRows.PUBLISHED,
        Optional.of(deviation));
  }

  private static ContractColumn column(
      String name, org.apache.spark.sql.types.DataType type, Optional<Integer> key) {
    return new ContractColumn(
        name, Optional.empty(), type, true, key, Optional.empty(), false, Optional.empty());
  }
}
