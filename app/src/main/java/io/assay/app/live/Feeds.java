package io.assay.app.live;

import io.assay.app.stream.QueryStatus;
import io.assay.app.stream.QueryStatus.State;
import io.assay.app.stream.StreamListener;
import io.assay.batch.Account;
import io.assay.batch.Outcome;
import io.assay.job.JobReport;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the shop's systems send, and what the stream's jobs say that they took in. */
final class Feeds implements StreamListener {
  /** In the order in which they are shown; the first three are tables of the database. */
  static final List<String> NAMES =
      List.of("orders", "order_items", "products", "payments", "clickstream", "sensors");

  /** Its pages overlap, so what came is counted behind them. */
  static final String PAGED = "sensors";

  private static final Set<State> TROUBLE = EnumSet.of(State.HELD, State.FAILED, State.RETRYING);

  private final Map<String, FeedCount> counts = new LinkedHashMap<>();
  private final Runnable goldChanged;
  private String news = "";
  private String trouble = "";

  /**
   * @param goldChanged is run when a mart has a new version
   */
  Feeds(Runnable goldChanged) {
    this.goldChanged = goldChanged;
    NAMES.forEach(name -> counts.put(name, new FeedCount()));
  }

  FeedCount of(String dataset) {
    return counts.get(dataset);
  }

  /** Whether all that was sent is in silver. */
  boolean drained() {
    return counts.values().stream().allMatch(count -> count.standing().behind().isZero());
  }

  @Override
  public void did(JobReport report) {
    if (report.result().outcome() != Outcome.SUCCEEDED) {
      return;
    }
    TableName table = report.result().table();
    Account account = report.result().account();
    FeedCount count = counts.get(table.name());
    if (table.layer() == Layer.GOLD) {
      goldChanged.run();
    } else if (count != null && table.layer() == Layer.BRONZE) {
      count.inBronze(account.read());
    } else if (count != null) {
      count.inSilver(table.name().equals(PAGED) ? account.applied() : account.read());
    }
    double seconds = report.took().toMillis() / 1000.0;
    tell(String.format(Locale.ROOT, "%s: %,d in %.1f s", table, account.read(), seconds));
  }

  @Override
  public void changed(QueryStatus status) {
    if (TROUBLE.contains(status.standing().state())) {
      complain(
          status.query()
              + " is "
              + status.standing().state().label()
              + ": "
              + status.standing().reason().orElse(""));
    }
  }

  private synchronized void tell(String line) {
    news = line;
  }

  private synchronized void complain(String line) {
    trouble = line;
  }

  /** What was done last. */
  synchronized String news() {
    return news;
  }

  /** What went wrong last; empty if nothing did. */
  synchronized String trouble() {
    return trouble;
  }
}
