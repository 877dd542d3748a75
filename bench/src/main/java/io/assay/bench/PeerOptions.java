package io.assay.bench;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who is compared, and how often. */
public final class PeerOptions {
  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Who takes part. Default: all.")
  private List<String> peers;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often each is timed.")
  private int rounds;

  /**
   * Those who take part.
   *
   * @param all who could
   * @throws IllegalArgumentException if another is named
   */
  public List<String> of(List<String> all) {
    List<String> chosen = Optional.ofNullable(peers).orElse(all);
    for (String peer : chosen) {
      if (!all.contains(peer)) {
        throw new IllegalArgumentException(
            "no peer is called '%s'; there are %s".formatted(peer, String.join(", ", all)));
      }
    }
    return chosen;
  }

  public int rounds() {
    return rounds;
  }
}
