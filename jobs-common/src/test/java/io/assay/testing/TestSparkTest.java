package io.assay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TestSparkTest {
  @Test
  void onlyTheCompilingSessionAndItsNewSessionsCompile() {
    assertThat(plan(TestSpark.compiling())).contains("*(1)");
    assertThat(plan(TestSpark.compiling().newSession())).contains("*(1)");
    assertThat(plan(TestSpark.session())).doesNotContain("*(1)");
    assertThat(plan(TestSpark.session().newSession())).doesNotContain("*(1)");
    assertThat(TestSpark.compiling().conf().get("spark.sql.codegen.factoryMode"))
        .isEqualTo("FALLBACK");
    assertThat(SparkSession.active()).isSameAs(TestSpark.session());
  }

  /** Spark marks with a star and a number what it compiles as a whole. */
  private static String plan(SparkSession session) {
    return session.range(3).selectExpr("id + 1").queryExecution().executedPlan().toString();
  }
}
