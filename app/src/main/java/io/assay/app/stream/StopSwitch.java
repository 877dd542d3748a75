package io.assay.app.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** By which a stream is asked to stop, once and for good, and by which its threads wait. */
public final class StopSwitch implements Pauses {
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Asks; what waits goes on at once. */
  public void ask() {
    asked.countDown();
  }

  @Override
  public boolean stopped() {
    return asked.getCount() == 0;
  }

  @Override
  public void pause(Duration time) {
    try {
      boolean ignored = asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ask();
    }
  }
}
