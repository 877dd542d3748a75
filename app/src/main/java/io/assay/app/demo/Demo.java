package io.assay.app.demo;

import io.assay.config.Project;
import io.assay.config.ProjectLoader;
import io.assay.config.ProjectLocation;
import io.assay.job.JobContext;
import io.assay.ops.OpsTables;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The shop's story, told while it runs, and what it ends in: a proof of all marts, answers,
 * accounts, quarantine, and the way on.
 */
public final class Demo {
  /** The variable with which the launcher says when it was called, in seconds since the epoch. */
  private static final String STARTED_AT = "ASSAY_STARTED_AT";

  private static final String WAREHOUSE = "ASSAY_WAREHOUSE";

  /** Where every dataset reads files. */
  static final String ENVIRONMENT = "demo";

  private final DemoFolder folder;
  private final Project project;
  private final Map<String, String> environment;
  private final DemoPage page;

  /**
   * The demo of an installation; nothing is touched yet.
   *
   * @param installation the folder that holds {@code conf/}
   * @param environment variables; none of them sends the demo's tables elsewhere
   */
  public Demo(Path installation, Map<String, String> environment, PrintStream out) {
    this.folder = DemoFolder.in(installation);
    this.environment = Map.copyOf(environment);
    this.page = new DemoPage(out);
    this.project =
        ProjectLoader.load(
            new ProjectLocation(
                new org.apache.hadoop.fs.Path(installation.resolve("conf").toUri())),
            ENVIRONMENT,
            List.of(
                "warehouse=" + quoted(folder.warehouse()),
                "connections.landing.store.root=" + quoted(folder.landing())),
            environment);
  }

  /** A path as a YAML text, whatever characters it has. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /** The shop, with its landing and its warehouse in the demo's folder. */
  public Project project() {
    return project;
  }

  /**
   * Empties the demo's folder and tells the story.
   *
   * @param context the session and the clock; the rest of what its jobs get follows from them
   * @throws io.assay.error.AssayException if anything turns out other than the story says
   */
  public void tell(JobContext context) {
    folder.prepare();
    ShopGenerator shop = ShopGenerator.DEFAULT;
    List<ShopDay> days = shop.days(3);
    DemoRun run = new DemoRun(context, page::line);
    ShopAnswers answers = new ShopAnswers(context.spark(), project.warehouse());
    new DemoStory(page, run, answers, shop.files(folder.landing()), days).tell();
    new DemoProof(page, context.spark(), project).tell();
    new OpsTables(context.spark(), project.warehouse()).refresh(context.runId(), context.clock());
    new DemoEnding(page, answers, folder, prefix()).tell(run.accounts());
    page.gap();
    page.say(time(context.clock().instant()));
  }

  /** The project finds the demo's tables by itself, unless the environment names others. */
  private String prefix() {
    return environment.getOrDefault(WAREHOUSE, "").isEmpty()
        ? ""
        : WAREHOUSE + "='" + folder.warehouse() + "' ";
  }

  private String time(Instant now) {
    Instant process = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    Instant launched =
        environment.containsKey(STARTED_AT)
            ? Instant.ofEpochSecond(Long.parseLong(environment.get(STARTED_AT)))
            : process;
    return "The demo took "
        + text(Duration.between(process, now))
        + "; with downloads and build, "
        + text(Duration.between(launched, now))
        + ".";
  }

  private static String text(Duration duration) {
    return duration.toMinutes() == 0
        ? duration.toSeconds() + " s"
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
