package io.assay.e2e;

import io.assay.batch.CommitSeam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Keeps the warehouse as it is before and after each commit of a run: what a process that is halted
 * there leaves behind. The run is this process's own, so that its leases are those of a process
 * that is gone.
 */
final class CommitRecorder implements CommitSeam {
  private final SmallProject project;
  private final Path copies;
  private int number;

  private CommitRecorder(SmallProject project, Path copies) {
    this.project = project;
    this.copies = copies;
  }

  /**
   * @param arguments the project's folder; the folder for the copies, which are named by their
   *     order and their place, as in {@code 07 silver.customers EVENTS before}
   */
  public static void main(String[] arguments) {
    SmallProject project = new SmallProject(Path.of(arguments[0]));
    CommitRecorder recorder = new CommitRecorder(project, Path.of(arguments[1]));
    KilledProject.run(project, recorder, job -> true);
    System.exit(0);
  }

  @Override
  public void commit(Point point, Runnable commit) {
    keep(point, "before");
    commit.run();
    keep(point, "after");
  }

  private void keep(Point point, String moment) {
    String name = "%03d %s %s %s".formatted(number++, point.table(), point.step(), moment);
    try {
      project.keepWarehouse(copies.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
