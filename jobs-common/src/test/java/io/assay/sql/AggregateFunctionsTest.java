package io.assay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.junit.jupiter.api.Test;

class AggregateFunctionsTest {
  @Test
  void theListHoldsJustTheFunctionsThatSparkRegistersForManyRows() {
    Set<String> registered =
        Catalyst.list(FunctionRegistry.builtin().listFunction()).stream()
            .map(id -> FunctionRegistry.builtin().lookupFunction(id).get())
            .filter(info -> Set.of("agg_funcs", "window_funcs").contains(info.getGroup()))
            .map(info -> info.getName())
            .collect(Collectors.toSet());

    assertThat(AggregateFunctions.NAMES).isEqualTo(registered);
  }

  @Test
  void anAggregateIsRefusedInARowExpressionEvenInsideAFunctionOfTheProject() {
    Map<String, SqlFunction> functions =
        Map.of("total", new SqlFunction("total", java.util.List.of("x"), "sum(x)"));

    assertThat(SqlExpressions.problems("a + total(b)", functions))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("sum()"));
    assertThat(SqlExpressions.problems("transform(items, x -> x + 1)", functions)).isEmpty();
    assertThat(SqlExpressions.problems("sum(a) OVER (PARTITION BY b)", functions)).hasSize(1);
  }
}
