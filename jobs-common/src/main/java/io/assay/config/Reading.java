package io.assay.config;

import io.assay.document.Binder;
import io.assay.document.Element.Mapping;
import io.assay.document.Position;
import io.assay.document.Problems;
import io.assay.document.Shape;
import io.assay.document.YamlReader;
import io.assay.sql.SqlExpressions;
import io.assay.sql.SqlFunction;
import io.assay.sql.SqlProblem;
import java.util.Map;
import java.util.Optional;

/**
 * What every reader of a part of the project shares.
 *
 * @param references resolves values that stand outside
 */
record Reading(ProjectFiles files, References references, Problems problems) {

  /** A file's document with its references resolved; empty if there is no such file, or no YAML. */
  Optional<Mapping> document(String file) {
    return files
        .text(file)
        .flatMap(text -> YamlReader.read(file, text, problems))
        .map(references::resolve);
  }

  /** The record that a document stands for; null if it does not fit at all. */
  <T> T bind(Shape shape, Mapping document, Class<T> type) {
    return type.cast(new Binder(problems).bind(shape, document, ""));
  }

  /** Notes jobs that both a scheduler and a stream would start. */
  void startedOnce(
      Optional<Schedule> schedule,
      Optional<Continuous> continuous,
      Position position,
      String path) {
    boolean scheduled = schedule != null && schedule.isPresent();
    if (scheduled && continuous != null && continuous.isPresent()) {
      problems.add(
          position, path, "excludes schedule: either assay stream starts the jobs, or a scheduler");
    }
  }

  /** Notes what keeps a text from being an expression over one row. */
  boolean isRowExpression(
      String sql, Map<String, SqlFunction> functions, Position position, String path) {
    boolean good = true;
    for (SqlProblem problem : SqlExpressions.problems(sql, functions)) {
      problems.add(position, path, problem.message());
      good = false;
    }
    return good;
  }
}
