package io.assay.config;

import io.assay.sql.SqlFunction;
import io.assay.table.TableName;
import io.assay.table.Warehouse;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * A whole project, resolved and checked: what every job starts from.
 *
 * @param root the project's folder, absolute, with its scheme
 * @param environment the overlay's name; empty if none
 * @param datasets by name, in order of name
 * @param marts by name, in order of name
 * @param functions the project's SQL functions, by name
 */
public record Project(
    Path root,
    String environment,
    Warehouse warehouse,
    ProjectSettings settings,
    Map<String, Dataset> datasets,
    Map<String, Mart> marts,
    Map<String, SqlFunction> functions) {

  /**
   * Whether a stream does a job, and how often.
   *
   * @param job the table that it fills
   */
  public Optional<Continuous> continuous(TableName job) {
    return switch (job.layer()) {
      case GOLD -> marts.get(job.name()).pipeline().continuous();
      case PUBLISH -> publication(job.name()).orElseThrow().continuous();
      default -> datasets.get(job.name()).pipeline().continuous();
    };
  }

  /** The mart that a publication takes out; empty if there is no such publication. */
  public Optional<Mart> published(String publication) {
    return marts.values().stream()
        .filter(mart -> mart.pipeline().publish().containsKey(publication))
        .findFirst();
  }

  /** The publication of a name; empty if there is none. */
  public Optional<Publication> publication(String name) {
    return published(name).map(mart -> mart.pipeline().publish().get(name));
  }
}
