package io.assay.app.live;

import io.assay.app.demo.DemoFolder;
import io.assay.app.demo.DemoPage;
import io.assay.app.demo.DemoTable;
import java.nio.file.Path;
import java.util.Map;

/** Where things are now, and what to try. */
final class LiveEnding {
  private static final String WAREHOUSE = "ASSAY_WAREHOUSE";

  private final DemoPage page;
  private final DemoFolder folder;
  private final LiveProject project;
  private final Map<String, String> environment;

  /**
   * @param environment variables: one of them may name another warehouse
   */
  LiveEnding(
      DemoPage page, DemoFolder folder, LiveProject project, Map<String, String> environment) {
    this.page = page;
    this.folder = folder;
    this.project = project;
    this.environment = environment;
  }

  /** Tells it. */
  void tell() {
    page.chapter("Where things are, and what to try");
    page.table(
        new DemoTable("what", "where")
            .row("the project, in which all is continuous", shown(project.root()))
            .row("the tables", shown(folder.warehouse()))
            .row("the files as delivered", shown(folder.landing()))
            .row(
                "what the servers said; they are stopped now",
                shown(folder.root().resolve("log"))));
    tryOut("status");
    tryOut("verify");
    tryOut("history silver.products --key product_id=P0001");
    tryOut("sql \"SELECT * FROM gold.daily_sales\"");
    page.gap();
  }

  private void tryOut(String words) {
    String warehouse =
        environment.getOrDefault(WAREHOUSE, "").isEmpty()
            ? ""
            : WAREHOUSE + "='" + folder.warehouse() + "' ";
    page.line(
        "  %sbin/assay --project %s --env %s %s"
            .formatted(warehouse, shown(project.root()), LiveProject.ENVIRONMENT, words));
  }

  /** Short, since {@code bin/assay} is, too. */
  private String shown(Path path) {
    return folder.root().getParent().getParent().relativize(path).toString();
  }
}
