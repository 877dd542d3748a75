package io.assay.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Peers side by side in one run. Every peer's result is compared with the first one's before anything is timed; rounds are
 * interleaved, so that a slow minute of the machine hits all alike; what is reported is medians and their ratios to the first peer.
 */
final class Comparison {

  /** One way to do the work. Its result must equal the other peers'. */
  interface Peer {
    Object run() throws Exception;
  }

  private final String title;
  private final Map<String, Peer> peers = new LinkedHashMap<>();

  Comparison(String title) {
    this.title = title;
  }

  Comparison with(String name, Peer peer) {
    peers.put(name, peer);
    return this;
  }

  /**
   * Runs all peers once unmeasured, then the given number of rounds.
   *
   * @return a Markdown table: peer, median seconds, spread, ratio to the first peer
   * @throws IllegalStateException if the peers' results differ
   */
  String measure(int rounds) throws Exception {
    compareResults();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Peer> peer : peers.entrySet()) {
        long start = System.nanoTime();
        peer.getValue().run();
        double took = (System.nanoTime() - start) / 1e9;
        seconds.computeIfAbsent(peer.getKey(), name -> new ArrayList<>()).add(took);
        System.err.printf("round %d  %-40s %7.2f s%n", round + 1, peer.getKey(), took);
      }
    }
    return table(seconds, rounds);
  }

  private void compareResults() throws Exception {
    Object expected = null;
    for (Map.Entry<String, Peer> peer : peers.entrySet()) {
      Object result = peer.getValue().run();
      System.err.printf("result   %-40s %s%n", peer.getKey(), result);
      if (expected == null) {
        expected = result;
      } else if (!Objects.equals(expected, result)) {
        throw new IllegalStateException(
            "%s: %s gives %s, the first peer %s".formatted(title, peer.getKey(), result, expected));
      }
    }
  }

  private String table(Map<String, List<Double>> seconds, int rounds) {
    StringBuilder table = new StringBuilder();
    table.append("### %s (median of %d)%n%n".formatted(title, rounds));
    table.append("| peer | seconds | fastest to slowest | ratio |\n| --- | --- | --- | --- |\n");
    double first = median(seconds.values().iterator().next());
    seconds.forEach(
        (name, times) ->
            table.append(
                "| %s | %.2f | %.2f to %.2f | %.2f |%n"
                    .formatted(
                        name,
                        median(times),
                        times.stream().mapToDouble(t -> t).min().orElseThrow(),
                        times.stream().mapToDouble(t -> t).max().orElseThrow(),
                        median(times) / first)));
    return table.toString();
  }

  private static double median(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(t -> t).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
