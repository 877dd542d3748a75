package io.assay.job;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.util.SignalUtils;
import scala.Function0;

/** SIGTERM and SIGINT as a request to end in order. */
public final class StopSignals {
  private StopSignals() {}

  /**
   * Lets the first signal ask and the second one end the process at once, as it would have without
   * this. To be called when Spark is up.
   *
   * @param ask must return at once
   */
  public static void handle(Runnable ask) {
    AtomicBoolean asked = new AtomicBoolean();
    Function0<Object> handled =
        () -> {
          boolean first = asked.compareAndSet(false, true);
          if (first) {
            ask.run();
          }
          return first;
        };
    List.of("TERM", "INT").forEach(signal -> SignalUtils.register(signal, handled));
  }
}
