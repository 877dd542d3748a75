package io.assay.app.spec;

import io.assay.config.ConfigurationException;
import io.assay.config.Project;
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
