package io.assay.bronze.jdbc;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.job.Ingestion;
import io.assay.job.Job;
import io.assay.job.Pending;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** How tables of databases come into bronze. */
public final class JdbcIngestion implements Ingestion {

  @Override
  public Class<Source.Jdbc> source() {
    return Source.Jdbc.class;
  }

  @Override
  public Job job(Dataset dataset) {
    return new JdbcIngestJob(dataset, jdbc(dataset));
  }

  /** The rows above the ledger's position, or all where a snapshot is due. */
  @Override
  public Pending pending(Project project, Dataset dataset, Configuration configuration) {
    Source.Jdbc source = jdbc(dataset);
    Optional<BatchInput> last =
        new BatchLedger(project.warehouse(), dataset.bronze(), configuration).lastInput();
    try (Database database = Database.of(project, source)) {
      return new JdbcPlan(
              database, JdbcRules.of(dataset, source), source, project.settings().businessZone())
          .pending(last);
    }
  }

  private Source.Jdbc jdbc(Dataset dataset) {
    return source().cast(dataset.pipeline().source());
  }
}
