package io.assay.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The known name that is nearest to the text; empty if none is near. */
  public static Optional<String> to(String text, Collection<String> known) {
    int limit = Math.max(1, text.length() / 3);
    return known.stream()
        .filter(name -> distance(text, name) <= limit)
        .min(
            Comparator.comparingInt((String name) -> distance(text, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean 'x'?"}, or what there is to choose from, or nothing. */
  public static String hint(String text, Collection<String> known) {
    if (known.isEmpty()) {
      return "";
    }
    return to(text, known)
        .map(name -> "; did you mean '" + name + "'?")
        .orElseGet(
            () ->
                known.size() > 20
                    ? ""
                    : "; known: " + String.join(", ", known.stream().sorted().toList()));
  }

  /** Insertions, deletions, replacements and swaps of neighbours, without regard to case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
