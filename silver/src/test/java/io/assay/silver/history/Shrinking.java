package io.assay.silver.history;

import io.assay.silver.history.Pack.Arrival;
import io.assay.silver.history.Pack.Cleared;
import io.assay.silver.history.Trial.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a failing feed small: takes one arrival away at a time, for as long as the feed still
 * fails. All feeds that lack one arrival are tried at once, in one table.
 */
final class Shrinking {
  private final Trial trial;

  Shrinking(Trial trial) {
    this.trial = trial;
  }

  /** The smallest failing feed that can be found, and what is wrong with it. */
  String smallest(Pack pack, Map<Integer, Difference> wrong) {
    int tenant =
        wrong.keySet().stream()
            .min(Comparator.comparing(one -> pack.feeds().get(one).size()))
            .orElseThrow();
    Pack failing = new Pack(List.of(pack.feeds().get(tenant)), pack.truncates());
    for (Optional<Pack> smaller = Optional.of(failing); smaller.isPresent(); ) {
      failing = smaller.get();
      smaller = smaller(failing);
    }
    return "%s of %s feeds fail; the smallest found is %s with %s: %s; alone in its table: %s"
        .formatted(
            wrong.size(),
            pack.feeds().size(),
            failing.feeds().get(0),
            failing.truncates(),
            wrong.get(tenant),
            trial.differences(failing).values());
  }

  private Optional<Pack> smaller(Pack failing) {
    List<Arrival> feed = failing.feeds().get(0);
    List<List<Arrival>> feeds = new ArrayList<>();
    for (int i = 0; i < feed.size(); i++) {
      feeds.add(without(feed, i));
    }
    if (!feeds.isEmpty()) {
      Optional<Pack> smaller =
          trial.differences(new Pack(feeds, failing.truncates())).keySet().stream()
              .findFirst()
              .map(tenant -> new Pack(List.of(feeds.get(tenant)), failing.truncates()));
      if (smaller.isPresent()) {
        return smaller;
      }
    }
    for (int i = 0; i < failing.truncates().size(); i++) {
      List<Cleared> fewer = without(failing.truncates(), i);
      Pack smaller = new Pack(failing.feeds(), fewer);
      if (!trial.differences(smaller).isEmpty()) {
        return Optional.of(smaller);
      }
    }
    return Optional.empty();
  }

  private static <T> List<T> without(List<T> all, int one) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(one);
    return rest;
  }
}
