package io.assay.bronze.http;

import io.assay.batch.BatchInput;
import io.assay.batch.BatchLedger;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.job.Ingestion;
import io.assay.job.Job;
import io.assay.job.Pending;
import io.assay.job.ProcessContext;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** How the pages of HTTP APIs come into bronze. */
public final class HttpIngestion implements Ingestion {

  @Override
  public Class<Source.Http> source() {
    return Source.Http.class;
  }

  @Override
  public Job job(Dataset dataset) {
    return new HttpIngestJob(dataset, http(dataset));
  }

  /** What the first page from the ledger's position on holds: one request. */
  @Override
  public Pending pending(Project project, Dataset dataset, Configuration configuration) {
    Source.Http source = http(dataset);
    PageReader reader = PageReader.of(project, source, ProcessContext.clock());
    Optional<BatchInput> input =
        new BatchLedger(project.warehouse(), dataset.bronze(), configuration).lastInput();
    ApiPosition from = HttpSource.position(HttpSource.span(reader.origin(), input));
    Window window = HttpSource.window(dataset, source, from, ProcessContext.clock());
    Harvest first = reader.read(window, from, 0);
    boolean last = first.end() == Harvest.End.LAST && !window.isResumed();
    return last && (first.rows().isEmpty() || window.isKnown())
        ? new Pending.Nothing()
        : new Pending.FirstPage(first.records(), !last);
  }

  private Source.Http http(Dataset dataset) {
    return source().cast(dataset.pipeline().source());
  }
}
