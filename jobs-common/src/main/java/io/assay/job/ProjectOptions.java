package io.assay.job;

import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.error.AssayException;
import io.assay.error.ExitCode;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which project is meant, in which environment, with which changes. */
public final class ProjectOptions {
  /** The system property that names the installation, whose {@code conf} is the default project. */
  public static final String INSTALLATION = "assay.home";

  @Option(
      names = {"-p", "--project"},
      paramLabel = "DIR|URI|ZIP",
      scope = ScopeType.INHERIT,
      description = "The project: a folder, a Hadoop URI or a zip. Default: the shop in conf/.")
  private String project;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The environment: env/NAME.yaml is laid over assay.yaml.")
  private String environment = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "A setting that wins over all files, such as batch.rows=1000. Repeatable.")
  private List<String> sets;

  /** Reads and checks the project; every mistake in it is reported at once. */
  public Project load() {
    return ProjectLoader.load(location(), environment, sets(), System.getenv());
  }

  /** {@code assay}, and the options that were given here: to tell people how to go on. */
  public String assay() {
    return "assay"
        + (project == null ? "" : " --project " + project)
        + (environment.isEmpty() ? "" : " --env " + environment);
  }

  /** The project's place, as written or by default. */
  public ProjectLocation location() {
    if (project != null) {
      return ProjectLocation.of(project);
    }
    String installation = System.getProperty(INSTALLATION);
    if (installation == null) {
      throw new AssayException(
          ExitCode.USAGE, "no project is named: give --project DIR, a URI or a zip");
    }
    return ProjectLocation.of(installation + "/conf");
  }

  /** The overlay's name; empty if none. */
  public String environment() {
    return environment;
  }

  /** What {@code --set} was given, in order. */
  public List<String> sets() {
    return sets == null ? List.of() : List.copyOf(sets);
  }
}
