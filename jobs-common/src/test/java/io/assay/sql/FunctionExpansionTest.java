package io.assay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FunctionExpansionTest {
  private static final Map<String, SqlFunction> FUNCTIONS =
      functions(
          new SqlFunction("net", List.of("gross", "rate"), "gross / (1 + rate)"),
          new SqlFunction("vat", List.of("gross"), "gross - net(gross, 0.2)"),
          new SqlFunction("plus_all", List.of("xs", "p"), "transform(xs, x -> x + p)"),
          new SqlFunction("hidden", List.of("x", "xs"), "transform(xs, x -> x) || x"),
          new SqlFunction("city", List.of("address"), "upper(address.city.name)"),
          new SqlFunction("nothing", List.of(), "42"),
          new SqlFunction("ping", List.of("x"), "pong(x)"),
          new SqlFunction("pong", List.of("x"), "ping(x) + 1"));

  @Test
  void aCallBecomesTheFunctionsExpressionOverItsArguments() {
    assertThat(expanded("net(a + b, c)")).isEqualTo("(('a + 'b) / (1 + 'c))");
    assertThat(expanded("VAT(price)")).isEqualTo("('price - ('price / (1 + 0.2)))");
    assertThat(expanded("nothing() + vat(vat(a))"))
        .isEqualTo("(42 + (('a - ('a / (1 + 0.2))) - (('a - ('a / (1 + 0.2))) / (1 + 0.2))))");
    assertThat(expanded("city(orders.address)")).isEqualTo("'upper('orders.address[city][name])");
    assertThat(expanded("shop.net(a)")).isEqualTo("'shop.net('a)");
  }

  @Test
  void anArgumentIsSubstitutedAsAWholeAndNeverReadAgain() {
    assertThat(expanded("net('x) OR 1 = 1 --', rate)")).isEqualTo("(x) OR 1 = 1 -- / (1 + 'rate))");
    assertThat(expanded("net(rate, gross)"))
        .as("arguments named like parameters")
        .isEqualTo("('rate / (1 + 'gross))");
  }

  @Test
  void lambdasOfFunctionAndCallerDoNotCatchEachOthersNames() {
    assertThat(expanded("transform(ys, x -> plus_all(xs, x))"))
        .as("the caller's x is not the function's x")
        .isEqualTo(
            "'transform('ys, lambdafunction('transform(lambda 'xs, lambdafunction((lambda 'x__1 +"
                + " lambda 'x), lambda 'x__1, false)), lambda 'x, false))");
    assertThat(expanded("hidden(a, b)"))
        .as("the lambda's variable hides the parameter")
        .isEqualTo("concat('transform('b, lambdafunction(lambda 'x__1, lambda 'x__1, false)), 'a)");
  }

  @Test
  void aCallThatDoesNotFitIsRefusedInPlace() {
    refused("1 + net(a)", 1, 5, "function net takes 2 arguments (gross, rate), not 1");
    refused("vat(a, b)", 1, 1, "function vat takes 1 argument (gross), not 2");
    refused("nothing(a)", 1, 1, "function nothing takes 0 arguments (), not 1");
    refused("ping(a)", 1, 1, "function ping calls itself (ping → pong → ping)");
    refused(
        "vat(*)",
        1,
        1,
        "function vat is called with its arguments by position only: without *, =>, DISTINCT,"
            + " FILTER or IGNORE NULLS");
    assertThatThrownBy(() -> expanded("vat(DISTINCT a)")).hasMessageContaining("DISTINCT");
    assertThatThrownBy(() -> expanded("vat(gross => a)")).hasMessageContaining("by position");
  }

  @Test
  void whatIsWrongWithAFunctionIsSaidAtOnce() {
    assertThat(FUNCTIONS.get("vat").problems(FUNCTIONS)).isEmpty();
    assertThat(FUNCTIONS.get("plus_all").problems(FUNCTIONS)).isEmpty();
    assertThat(
            messages(
                new SqlFunction(
                    "lower",
                    List.of("x", "X"),
                    "x + y.z + now() + (SELECT 1) + rank() OVER (ORDER BY x) + vat()")))
        .containsExactly(
            "Spark has a function lower of its own; choose another name",
            "parameter X is declared twice",
            "y.z is no parameter; a function sees nothing but its parameters",
            "now() depends on the time of the run, so the result could not be computed again;"
                + " compare with a time in the data",
            "a subquery reads other rows; that is a mart's work",
            "a window function would depend on how the rows are cut into batches; that is a mart's"
                + " work",
            "function vat takes 1 argument (gross), not 0");
    assertThat(messages(new SqlFunction("broken", List.of("x"), "x +")).get(0))
        .isEqualTo("Syntax error at or near end of input.");
    assertThat(messages(FUNCTIONS.get("ping")))
        .containsExactly("function ping calls itself (ping → pong → ping)");
  }

  @Test
  void anExpressionOfARowHasNoSubqueryNoWindowAndNoClock() {
    assertThat(SqlExpressions.problems("concat_ws(' ', a, vat(b)) > 'x'", FUNCTIONS)).isEmpty();
    assertThat(SqlExpressions.problems("a > current_date\n AND uuid() <> b", FUNCTIONS))
        .extracting(p -> p.line() + ":" + p.column())
        .containsExactly("1:5", "2:6");
    assertThat(SqlExpressions.problems("a IN (SELECT b FROM c)", FUNCTIONS)).hasSize(1);
    assertThat(SqlExpressions.problems("sum(a) OVER w", FUNCTIONS)).hasSize(1);
    assertThat(SqlExpressions.problems("a = :b", FUNCTIONS)).hasSize(1);
    assertThat(SqlExpressions.problems("a b c", FUNCTIONS)).hasSize(1);
    assertThat(SqlExpressions.problems("net(a)", FUNCTIONS)).hasSize(1);
  }

  private static void refused(String expression, int line, int column, String message) {
    assertThatThrownBy(() -> expanded(expression))
        .isInstanceOfSatisfying(
            SqlSyntaxException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            })
        .hasMessage(message);
  }

  private static List<String> messages(SqlFunction function) {
    return function.problems(FUNCTIONS).stream().map(SqlProblem::message).toList();
  }

  private static String expanded(String expression) {
    return SqlExpressions.column(expression, FUNCTIONS).expr().toString();
  }

  private static Map<String, SqlFunction> functions(SqlFunction... functions) {
    return Arrays.stream(functions)
        .collect(Collectors.toMap(SqlFunction::name, Function.identity()));
  }
}
