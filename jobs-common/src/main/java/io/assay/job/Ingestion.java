package io.assay.job;

import io.assay.config.Dataset;
import io.assay.config.Project;
import io.assay.config.Source;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * How one kind of source comes into bronze. A new kind is a record in {@link Source}, a package in
 * module bronze with one of these, and its line in {@code META-INF/services}; nothing else of Assay
 * names the kinds there are.
 */
public interface Ingestion {

  /** The kind of source. */
  Class<? extends Source> source();

  /**
   * The job that lands a dataset.
   *
   * @param dataset one whose source is of this kind
   */
  Job job(Dataset dataset);

  /**
   * What the source holds that has not landed yet. Needs no Spark, reads no row and writes nothing.
   *
   * @param dataset one whose source is of this kind
   * @throws AssayException with exit code 5 if the source does not answer
   */
  Pending pending(Project project, Dataset dataset, Configuration configuration);

  /**
   * The job that lands the dataset of a name.
   *
   * @throws AssayException with exit code 2 if the project has no such dataset, or its source is of
   *     another kind
   */
  default Job job(Project project, String name) {
    Dataset dataset = project.datasets().get(name);
    if (dataset != null && source().isInstance(dataset.pipeline().source())) {
      return job(dataset);
    }
    String fitting =
        project.datasets().values().stream()
            .filter(each -> source().isInstance(each.pipeline().source()))
            .map(Dataset::name)
            .collect(Collectors.joining(", "));
    String kind = source().getSimpleName().toLowerCase(Locale.ROOT);
    throw new AssayException(
        ExitCode.USAGE,
        "%s: '%s' is no dataset with 'source: %s'; these are: %s"
            .formatted(project.root(), name, kind, fitting));
  }

  /**
   * The ingestion of a dataset's source.
   *
   * @throws IllegalArgumentException if the dataset lands nothing of its own
   */
  static Ingestion of(Dataset dataset) {
    Source source = dataset.pipeline().source();
    return ServiceLoader.load(Ingestion.class, Ingestion.class.getClassLoader()).stream()
        .map(Provider::get)
        .filter(ingestion -> ingestion.source().isInstance(source))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nothing lands dataset "
                        + dataset.name()
                        + ": no Ingestion of "
                        + source.getClass().getSimpleName()
                        + " is on the class path"));
  }
}
