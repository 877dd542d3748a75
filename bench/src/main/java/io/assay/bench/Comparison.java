package io.assay.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Peers side by side in one run. The results of all that do the same are compared before anything
 * is timed; rounds are interleaved, so that a slow minute of the machine hits all alike.
 */
public final class Comparison {

  /** One way to do the work. */
  public interface Peer {
    /** Puts everything back to where the work starts; not timed. */
    void restore() throws Exception;

    /** The work. */
    void run() throws Exception;

    /** What the work led to; must equal the result of the other peers that do the same. */
    Object result() throws Exception;

    /** What it is that the peer does, where a comparison has peers that do more or less. */
    default String task() {
      return "";
    }

    /** Where the time of the last run went, for people; empty if there is nothing to tell. */
    default String detail() {
      return "";
    }
  }

  /** Who takes longer than this on average is timed only so often. */
  public static final int SLOW_SECONDS = 20;

  public static final int SLOW_ROUNDS = 3;

  private final String title;
  private final Consumer<String> progress;
  private final Map<String, Peer> peers = new LinkedHashMap<>();

  /**
   * @param title names the comparison in messages
   * @param progress takes a line whenever there is something to tell
   */
  public Comparison(String title, Consumer<String> progress) {
    this.title = title;
    this.progress = progress;
  }

  /** Adds a peer. */
  public Comparison with(String name, Peer peer) {
    peers.put(name, peer);
    return this;
  }

  /**
   * Runs all peers once unmeasured and compares their results, then times the given number of
   * rounds; of a slow peer fewer.
   *
   * @return by peer, what each round took
   * @throws IllegalStateException if the peers' results differ
   */
  public Map<String, List<Took>> measure(int rounds) throws Exception {
    compareResults();
    Map<String, List<Took>> seconds = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Peer> peer : peers.entrySet()) {
        List<Took> before = seconds.computeIfAbsent(peer.getKey(), name -> new ArrayList<>());
        if (isSlow(before)) {
          continue;
        }
        Took took = time(peer.getValue());
        before.add(took);
        progress.accept(
            "%s: round %d of %d: %s %s %s"
                .formatted(title, round, rounds, peer.getKey(), took, peer.getValue().detail()));
      }
    }
    return seconds;
  }

  /** Whether a peer has had rounds enough. */
  private static boolean isSlow(List<Took> rounds) {
    return rounds.size() >= SLOW_ROUNDS
        && rounds.stream().mapToDouble(Took::seconds).sum() > SLOW_ROUNDS * SLOW_SECONDS;
  }

  private void compareResults() throws Exception {
    Map<String, Object> expected = new HashMap<>();
    for (Map.Entry<String, Peer> peer : peers.entrySet()) {
      Took took = time(peer.getValue());
      Object result = peer.getValue().result();
      progress.accept(
          "%s: unmeasured: %s %s %s, %s"
              .formatted(title, peer.getKey(), took, peer.getValue().detail(), result));
      Object first = expected.putIfAbsent(peer.getValue().task(), result);
      if (first != null && !first.equals(result)) {
        throw new IllegalStateException(
            "%s: %s gives %s, the first peer %s".formatted(title, peer.getKey(), result, first));
      }
    }
  }

  private static Took time(Peer peer) throws Exception {
    peer.restore();
    // What one peer leaves behind is not the next one's to clean up.
    System.gc();
    long start = System.nanoTime();
    long processor = processorTime();
    peer.run();
    return new Took((System.nanoTime() - start) / 1e9, (processorTime() - processor) / 1e9);
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /**
   * What one run took.
   *
   * @param seconds on the clock
   * @param processor seconds of all cores; tells more than the clock where the machine is shared
   */
  public record Took(double seconds, double processor) {
    @Override
    public String toString() {
      return "%.2f s, %.2f of processor".formatted(seconds, processor);
    }
  }
}
