package io.assay.gold.publish;

import io.assay.batch.BatchResult;
import io.assay.config.Mart;
import io.assay.config.Project;
import io.assay.config.Publication;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.job.JobContext;
import io.assay.job.JobMain;
import io.assay.table.TableName;
import java.util.List;

/**
 * Takes a mart, or what changed in it, out of the warehouse: one of {@code publish} of its {@code
 * pipeline.yaml}. Nothing is done while the destination holds the mart's newest version.
 *
 * <p>The account counts rows of the mart: {@code read} is what was sent, {@code implied} the keys
 * that are gone, {@code applied} what changed there, {@code unchanged} what was there as it is.
 *
 * <pre>
 *   spark-submit --class io.assay.gold.publish.PublishJob assay.jar --project conf crm_customers
 * </pre>
 */
public final class PublishJob implements Job {
  private final Mart mart;
  private final String name;
  private final Publication publication;

  private PublishJob(Mart mart, String name, Publication publication) {
    this.mart = mart;
    this.name = name;
    this.publication = publication;
  }

  /** One publication, as one process: see the line above. */
  public static void main(String[] args) {
    JobMain.run(args, PublishJob::of);
  }

  /**
   * The job of a publication.
   *
   * @throws AssayException with exit code 2 if the project has none of that name
   */
  public static Job of(Project project, String name) {
    Mart mart =
        project
            .published(name)
            .orElseThrow(
                () -> {
                  List<String> known =
                      project.marts().values().stream()
                          .flatMap(each -> each.pipeline().publish().keySet().stream())
                          .toList();
                  return new AssayException(
                      ExitCode.USAGE,
                      "the project has no publication '" + name + "'" + Nearest.hint(name, known));
                });
    return new PublishJob(mart, name, mart.pipeline().publish().get(name));
  }

  @Override
  public TableName table() {
    return TableName.publish(name);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException with exit code 5 if the destination does not answer, 1 if it refuses
   *     rows, 3 if rows have no key, 4 if it is not as configured
   */
  @Override
  public BatchResult run(JobContext context) {
    PublishDefinition definition = PublishDefinition.of(mart, publication);
    try (Receiver receiver = Receivers.open(context, table(), definition)) {
      return context.protocol().run(new PublishWork(context, table(), definition, receiver));
    }
  }
}
