package io.assay.app.plan;

import io.assay.bronze.file.PendingFiles;
import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import org.apache.hadoop.conf.Configuration;

/** What the sources of bronze tables hold that was not read yet. */
record NewFiles(Project project, Configuration configuration) {

  /** Looks at the source of a dataset, without reading a row. */
  Pending of(Dataset dataset) {
    if (dataset.pipeline().source() instanceof Source.Files source) {
      PendingFiles pending = PendingFiles.of(project, dataset, source, configuration);
      if (pending.files() > 0) {
        return new Pending.Files(pending.files(), pending.bytes());
      }
    }
    return new Pending.Nothing();
  }
}
