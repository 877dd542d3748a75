package io.assay.app.plan;

import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.table.TableName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which jobs are meant: {@code silver.orders}; {@code +gold.daily_sales} with all it reads from;
 * {@code bronze.orders+} with all that reads from it; {@code bronze.*}. The plus signs and the star
 * combine.
 */
final class Selectors {
  private Selectors() {}

  /**
   * The jobs that any of the selectors names; all jobs if there is none.
   *
   * @throws AssayException with exit code 2 if a selector names no job
   */
  static Set<TableName> select(JobGraph graph, Collection<String> selectors) {
    if (selectors.isEmpty()) {
      return graph.jobs();
    }
    Set<TableName> selected = new LinkedHashSet<>();
    selectors.forEach(selector -> selected.addAll(select(graph, selector)));
    return selected;
  }

  private static Set<TableName> select(JobGraph graph, String selector) {
    boolean upstream = selector.startsWith("+");
    boolean downstream = selector.endsWith("+") && selector.length() > 1;
    String name = selector.substring(upstream ? 1 : 0, selector.length() - (downstream ? 1 : 0));
    List<TableName> named = named(graph, name);
    Set<TableName> selected = new LinkedHashSet<>(named);
    for (TableName job : named) {
      if (upstream) {
        selected.addAll(graph.withUpstream(job));
      }
      if (downstream) {
        selected.addAll(graph.withDownstream(job));
      }
    }
    return selected;
  }

  private static List<TableName> named(JobGraph graph, String name) {
    Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
    List<TableName> named =
        graph.jobs().stream().filter(job -> pattern.matcher(job.toString()).matches()).toList();
    if (named.isEmpty()) {
      List<String> known = graph.jobs().stream().map(TableName::toString).toList();
      throw new AssayException(
          ExitCode.USAGE,
          "no job of this project is called '" + name + "'" + Nearest.hint(name, known));
    }
    return named;
  }
}
