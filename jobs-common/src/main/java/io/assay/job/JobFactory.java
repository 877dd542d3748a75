package io.assay.job;

import io.assay.config.Project;

/** Makes the job of one kind that fills a dataset's or a mart's table. */
@FunctionalInterface
public interface JobFactory {

  /**
   * The job of a dataset or mart.
   *
   * @param name the dataset's or the mart's name
   * @throws io.assay.error.AssayException with exit code 2 if the project has none of that name
   */
  Job of(Project project, String name);
}
