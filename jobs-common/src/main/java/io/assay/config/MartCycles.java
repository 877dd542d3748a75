package io.assay.config;

import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.table.Layer;
import io.assay.table.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds marts that read each other in a circle. */
final class MartCycles {
  private final Problems problems;
  private final Map<String, String> folders;
  private final Set<String> done = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * @param folders by mart
   */
  MartCycles(Problems problems, Map<String, String> folders) {
    this.problems = problems;
    this.folders = folders;
  }

  /** Notes each circle once, at the mart of it that comes first by name. */
  void check(Map<String, Mart> marts) {
    marts.keySet().forEach(name -> visit(name, marts));
  }

  private void visit(String name, Map<String, Mart> marts) {
    if (open.contains(name)) {
      List<String> path = List.copyOf(open);
      List<String> circle = path.subList(path.indexOf(name), path.size());
      problems.add(
          Position.startOf(folders.get(name) + "/" + MartsReader.QUERY),
          "",
          "marts read each other in a circle: "
              + String.join(" reads ", circle)
              + " reads "
              + name);
      return;
    }
    if (!done.add(name)) {
      return;
    }
    open.addLast(name);
    for (TableName input : marts.get(name).inputs()) {
      if (input.layer() == Layer.GOLD && marts.containsKey(input.name())) {
        visit(input.name(), marts);
      }
    }
    open.removeLast();
  }
}
