package io.assay.sql;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;

/**
 * What Spark refuses when it looks at a plan, as an exception of ours. Scala does not declare what
 * it throws, so the compiler would not let an {@code AnalysisException} be named in a catch: it is
 * done here, once.
 */
public final class Analysis {
  private Analysis() {}

  /**
   * Does some work with Spark.
   *
   * @param refusal what to throw instead of Spark's own refusal
   */
  public static <T> T of(
      Supplier<T> work, Function<AnalysisException, ? extends RuntimeException> refusal) {
    try {
      return work.get();
    } catch (Exception e) {
      if (e instanceof AnalysisException problem) {
        throw refusal.apply(problem);
      }
      throw e;
    }
  }

  /** As {@link #of}, for work without a result. */
  public static void run(
      Runnable work, Function<AnalysisException, ? extends RuntimeException> refusal) {
    of(
        () -> {
          work.run();
          return null;
        },
        refusal);
  }

  /** Spark's reason, in a line. */
  public static String reason(AnalysisException problem) {
    return problem.getSimpleMessage().lines().findFirst().orElse("");
  }
}
