package io.assay.app.spec;

import io.assay.config.ConfigurationException;
import io.assay.config.Project;
import io.assay.document.Nearest;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import io.assay.job.Job;
import io.assay.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The tests that a project brings along, in {@code tests/*.yaml}. */
public final class ProjectSpecs {
  private final Project project;
  private final List<SpecCase> cases;

  private ProjectSpecs(Project project, List<SpecCase> cases) {
    this.project = project;
    this.cases = cases;
  }

  /**
   * Reads and checks every file. Starts no Spark.
   *
   * @throws ConfigurationException with every mistake, by file and line
   */
  public static ProjectSpecs read(Project project, Configuration hadoop) {
    return new ProjectSpecs(project, SpecFiles.read(project, hadoop));
  }

  /**
   * The cases whose name or file holds one of the texts; all if there is none.
   *
   * @throws AssayException with exit code 2 if a text is in no case
   */
  public ProjectSpecs only(List<String> texts) {
    for (String text : texts) {
      if (cases.stream().noneMatch(each -> holds(each, text))) {
        List<String> names = cases.stream().map(SpecCase::name).toList();
        throw new AssayException(
            ExitCode.USAGE,
            "no test has '" + text + "' in its name or file" + Nearest.hint(text, names));
      }
    }
    return texts.isEmpty()
        ? this
        : new ProjectSpecs(
            project,
            cases.stream()
                .filter(each -> texts.stream().anyMatch(text -> holds(each, text)))
                .toList());
  }

  private static boolean holds(SpecCase specCase, String text) {
    return specCase.name().contains(text) || specCase.file().contains(text);
  }

  /** How many cases there are. */
  public int size() {
    return cases.size();
  }

  /**
   * Runs the cases one after the other, each with the production jobs in a warehouse of its own
   * that is thrown away.
   *
   * @param jobs makes the job that fills a table
   * @param listener is told each result as it comes
   */
  public List<SpecResult> run(
      SparkSession spark, Function<TableName, Job> jobs, Consumer<SpecResult> listener) {
    SpecRun run = new SpecRun(spark, project, jobs);
    List<SpecResult> results = new ArrayList<>();
    for (SpecCase specCase : cases) {
      SpecResult result = run.run(specCase);
      listener.accept(result);
      results.add(result);
    }
    return results;
  }
}
