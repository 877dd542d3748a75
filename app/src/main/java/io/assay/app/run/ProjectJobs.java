package io.assay.app.run;

import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.gold.MartJob;
import io.assay.gold.publish.PublishJob;
import io.assay.job.Ingestion;
import io.assay.job.Job;
import io.assay.silver.CleanJob;
import io.assay.table.TableName;

/** The job behind a table's name. */
public final class ProjectJobs {
  private ProjectJobs() {}

  /**
   * The job that fills a table of the project.
   *
   * @throws IllegalArgumentException if none does
   */
  public static Job job(Project project, TableName table) {
    return switch (table.layer()) {
      case BRONZE -> landing(project.datasets().get(table.name()));
      case SILVER -> new CleanJob(project.datasets().get(table.name()));
      case GOLD -> new MartJob(project.marts().get(table.name()));
      case PUBLISH -> PublishJob.of(project, table.name());
      case QUARANTINE, OPS -> throw new IllegalArgumentException("no job fills " + table);
    };
  }

  private static Job landing(Dataset dataset) {
    return Ingestion.of(dataset).job(dataset);
  }
}
